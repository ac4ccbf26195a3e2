"""Readings of times that are counted from another (see kg/dates/moments.py): from the day of publication ("yesterday", "last week", "two
months ago"), or from the time that the text named before ("the same day", "a year later")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kg.arabic import fold
from kg.dates.calendar import (
    ONE_DAY,
    Asked,
    Days,
    Meaning,
    Reading,
    one_day,
    period,
    plain,
    shifted,
    span,
    third,
    week_of,
)
from kg.model import Granularity

# Words of time behind and before which a count of units reckons, folded: since, within, after.
_SINCE, _WITHIN, _AFTER = "منذ", "في غضون", "بعد"


def _period_days(a: Asked) -> Days | None:
    """Last week, this year, the year named before."""
    unit = a.words.name("period", a.text("period"))
    if a.has("anaphor"):
        return period(unit, shifted(a.before[0], unit, a.turn()), a.words.week_starts) if a.before else None
    if a.today is None:
        return None
    # from the first of the month, so that a month back from the 31st is the month before
    base = a.today.replace(day=1) if unit in {"month", "year"} else a.today
    return period(unit, shifted(base, unit, a.step), a.words.week_starts)


def _period(a: Asked) -> Meaning | None:
    return plain(_period_days(a))


def _part_of_period(a: Asked) -> Meaning | None:
    days = _period_days(a)
    return Meaning(third(days, a.words.name("part", a.text("part")))) if days else None


def _day(a: Asked) -> Meaning | None:
    return Meaning(one_day(a.today + dt.timedelta(days=a.number("day")))) if a.today else None


def _weekday(a: Asked) -> Meaning | None:
    """A weekday alone is the last one, today included: news tells what has happened."""
    if a.today is None:
        return None
    return weekday(a.number("weekday"), a.way, a.today, a.words.week_starts)


def weekday(number: int, way: str, today: dt.date, starts: int) -> Meaning:
    """The day of a weekday (0 is Monday): of `way` past, future or present (in the week of `today`), else the last one."""
    back = today - dt.timedelta(days=(today.weekday() - number) % 7)
    ahead = today + dt.timedelta(days=(number - today.weekday()) % 7)
    if way == "past":
        return Meaning(one_day(back if back < today else today - dt.timedelta(days=7)))
    if way == "future":
        return Meaning(one_day(ahead if ahead > today else today + dt.timedelta(days=7)))
    if way == "present":
        return Meaning(one_day(week_of(today, starts)[0] + dt.timedelta(days=(number - starts) % 7)))
    return Meaning(one_day(back), one_day(back), one_day(ahead))


def _night(a: Asked) -> Meaning | None:
    if a.today is None:
        return None
    first = weekday(a.words.number("weekday", a.groups["weekday"]), "", a.today, a.words.week_starts)
    second = a.words.number("weekday", a.groups["weekday_2"])
    if (first.days[0] + ONE_DAY).weekday() != second:
        return None
    return plain(span(first.days[0], first.days[0] + ONE_DAY))


def _count(a: Asked) -> int | None:
    """How many units: digits, a number in words (the second of two is added), a dual, a single one; None for "for days"."""
    if a.has("digits"):
        return int(a.text("digits"))
    numbers = [a.words.number("number", text) for name, text in a.groups.items() if name.startswith("number")]
    if numbers:
        return sum(numbers)
    unit = fold(a.text("unit"))
    if a.has("dual") or unit in a.words.tables["dual"] or unit.endswith("ان"):
        return 2
    return None if unit in a.words.tables["plural"] else 1


def _unit(a: Asked) -> str:
    group = next(group for group in ("unit", "plural", "dual") if a.has(group))
    return a.words.name(group, a.text(group))


def _counted_period(a: Asked) -> Meaning | None:
    count = _count(a)
    if a.today is None or not count or not a.step:
        return None
    other = shifted(a.today, _unit(a), a.step * count)
    return plain(span(min(a.today, other), max(a.today, other)))


def _ago(a: Asked) -> Meaning | None:
    count = _count(a)
    if a.today is None or not count:
        return None
    unit, way = _unit(a), fold(a.text("way"))
    if way == _SINCE:
        return plain(span(shifted(a.today, unit, -count), a.today))
    if way == _WITHIN:
        return plain(span(a.today, shifted(a.today, unit, count)))
    base = a.today.replace(day=1) if unit in {"month", "year"} else a.today
    return Meaning(period(unit, shifted(base, unit, count if way == _AFTER else -count), a.words.week_starts))


def _anaphor(a: Asked) -> Meaning | None:
    if a.has("period"):
        return plain(_period_days(a))
    if a.before is None or a.before[2] is not Granularity.DAY:
        return None
    return Meaning(one_day(a.before[0] + a.turn() * ONE_DAY if a.has("anaphor") else a.before[0]))


def _reckoned(a: Asked) -> Meaning | None:
    count = _count(a)
    if a.before is None or not count:
        return None
    unit = _unit(a)
    fine = {Granularity.DAY: 0, Granularity.WEEK: 1, Granularity.MONTH: 2, Granularity.YEAR: 3}
    if fine.get(a.before[2], 4) > {"day": 0, "week": 1, "month": 2, "year": 3}[unit]:
        return None
    base = a.before[0].replace(day=1) if unit in {"month", "year"} else a.before[0]
    return Meaning(period(unit, shifted(base, unit, count if fold(a.text("way")) == _AFTER else -count), a.words.week_starts))


READINGS: Mapping[str, Reading] = {
    "day": _day, "weekday": _weekday, "night": _night, "period": _period, "part_of_period": _part_of_period,
    "counted_period": _counted_period, "ago": _ago, "anaphor": _anaphor, "reckoned": _reckoned,
}  # fmt: skip
