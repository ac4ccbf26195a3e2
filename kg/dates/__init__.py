"""Expressions of time → days, months, years: calendars, months, what is counted from another time."""
