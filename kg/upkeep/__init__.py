"""Keeping in order: decisions of people, proposals, faults of the reference data, generated pages."""
