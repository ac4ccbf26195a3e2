"""Readings of Hijri dates, months and years (see kg/dates/moments.py): the days of the Gregorian calendar that they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hijridate import Gregorian, Hijri

from kg.dates.calendar import ONE_DAY, Asked, Days, Meaning, Reading, one_day
from kg.model import Granularity


def _gregorian(year: int, month: int, day: int) -> dt.date:
    made = Hijri(year, month, day).to_gregorian()
    return dt.date(made.year, made.month, made.day)


def _this_year(today: dt.date) -> int:
    return int(Gregorian(today.year, today.month, today.day).to_hijri().year)


def _day(a: Asked) -> Meaning | None:
    month, day = a.number("hijri"), a.day_of_month()
    if a.has("hyear"):
        return Meaning(one_day(_gregorian(int(a.text("hyear")), month, day)))
    if a.today is None:
        return None
    today, this = a.today, _this_year(a.today)
    days = [_gregorian(year, month, day) for year in (this - 1, this, this + 1)]
    if a.way == "past":
        return Meaning(one_day(max(d for d in days if d <= today)))
    if a.way == "future":
        return Meaning(one_day(min(d for d in days if d >= today)))
    return Meaning(one_day(min(days, key=lambda d: abs((d - today).days))))


def _month(a: Asked) -> Meaning | None:
    month = a.number("hijri")
    if a.has("hyear"):
        return Meaning(_whole_month(int(a.text("hyear")), month))
    if a.today is None:
        return None
    today, this = a.today, _this_year(a.today)
    months = [_whole_month(year, month) for year in (this - 1, this, this + 1)]
    if a.way == "past":
        return Meaning([m for m in months if m[1] < today][-1])
    if a.way == "future":
        return Meaning(next(m for m in months if m[0] > today))
    return Meaning(min(months, key=lambda m: min(abs((m[0] - today).days), abs((m[1] - today).days))))


def _whole_month(year: int, month: int) -> Days:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _gregorian(year, month, 1), _gregorian(*following, 1) - ONE_DAY, Granularity.MONTH


def _year(a: Asked) -> Meaning | None:
    year = int(a.text("hyear"))
    return Meaning((_gregorian(year, 1, 1), _gregorian(year + 1, 1, 1) - ONE_DAY, Granularity.YEAR))


READINGS: Mapping[str, Reading] = {"hijri_day": _day, "hijri_month": _month, "hijri_year": _year}
