"""Dates, months, seasons, years and stretches of them; with the days of kg/dates/hijri.py and of kg/dates/reckoning.py all readings of
kg/data/lexicon/times.toml: each takes the words of one expression, the day of publication and the time that the text named
before, and gives what they mean, or None where they give no days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from kg.dates import hijri, reckoning
from kg.dates.calendar import (
    Asked,
    Days,
    Meaning,
    Reading,
    one_day,
    plain,
    span,
    third,
    whole_month,
    whole_year,
)
from kg.model import Granularity


def _named(a: Asked) -> Meaning | None:
    return Meaning(one_day(dt.date.fromisoformat(a.words.name("named", a.text("named")))))


def _september_11(a: Asked) -> Meaning | None:
    return Meaning(one_day(dt.date(2001, 9, 11))) if a.number("month") == 9 else None


def _figures(a: Asked) -> Meaning | None:
    year = int(a.groups["y"])
    if not 1000 <= year <= 2200:
        return None
    return Meaning(one_day(dt.date(year, int(a.groups["m"]), int(a.groups["d"]))))


def _stated_year(a: Asked) -> int | None:
    """The year that the words give: a number, last year, the year named before."""
    if a.has("year"):
        return int(a.text("year"))
    if "rely" in a.groups:
        if a.has("anaphor"):
            return a.before[0].year + a.turn() if a.before else None
        return a.today.year + a.step if a.today else None
    return None


def _day_of_month(a: Asked) -> Meaning | None:
    month, day = a.number("month"), a.day_of_month()
    if a.has("year") or "rely" in a.groups:
        year = _stated_year(a)
        return Meaning(one_day(dt.date(year, month, day))) if year else None
    return _without_year(lambda year: dt.date(year, month, day), a.today, a.way, (month, day))


def _without_year(make: Callable[[int], dt.date], today: dt.date | None, way: str, open: tuple[int, int] | None = None) -> Meaning | None:
    """A date whose year is told by the word after it (last, next), else the nearest to the day of publication."""
    if today is None:
        return None
    candidates = []
    for year in range(today.year - 4, today.year + 5):
        try:
            candidates.append(make(year))
        except ValueError:  # 29 February
            continue
    back = max((c for c in candidates if c <= today), default=None)
    ahead = min((c for c in candidates if c >= today), default=None)
    if way in {"past", "future"}:
        day = back if way == "past" else ahead
        return Meaning(one_day(day)) if day else None
    if not candidates:
        return None
    nearest = min(candidates, key=lambda c: (abs((c - today).days), c))
    return Meaning(one_day(nearest), one_day(back) if back else None, one_day(ahead) if ahead else None, open)


def on_weekday(open: tuple[int, int], weekday: int, today: dt.date) -> dt.date | None:
    """The day and month in the nearest year in which it falls on the weekday."""
    found = []
    for year in range(today.year - 5, today.year + 3):
        try:
            day = dt.date(year, *open)
        except ValueError:
            continue
        if day.weekday() == weekday:
            found.append(day)
    return min(found, key=lambda d: abs((d - today).days), default=None)


def _day_of_relative_month(a: Asked) -> Meaning | None:
    if a.has("anaphor"):
        base, step = (a.before[0] if a.before else None), a.turn()
    else:
        base, step = a.today, a.step
    if base is None:
        return None
    first = whole_month(base.year, base.month + step)[0]
    return Meaning(one_day(first.replace(day=a.day_of_month())))


def _month(a: Asked) -> Meaning | None:
    month = a.number("month")
    if a.has("year") or "rely" in a.groups:
        year = _stated_year(a)
        return Meaning(whole_month(year, month)) if year else None
    if a.today is None:
        return None
    this = a.today.year
    back = whole_month(this if month <= a.today.month else this - 1, month)
    ahead = whole_month(this if month >= a.today.month else this + 1, month)
    if a.way == "past":
        return Meaning(back)
    if a.way == "future":
        return Meaning(ahead)
    if a.way == "present":
        return Meaning(whole_month(this, month))
    nearer = ahead if _months(a.today, ahead[0]) < _months(back[0], a.today) else back
    return Meaning(nearer, back, ahead)


def _months(one: dt.date, other: dt.date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month


def _part_of_month(a: Asked) -> Meaning | None:
    month, part = _month(a), a.words.name("part", a.text("part"))
    return Meaning(third(month.days, part)) if month else None


def _year(a: Asked) -> Meaning | None:
    return Meaning(whole_year(int(a.text("year"))))


def _part_of_year(a: Asked) -> Meaning | None:
    return Meaning(third(whole_year(int(a.text("year"))), a.words.name("part", a.text("part"))))


def _some_year(a: Asked) -> int | None:
    """The year of a season or quarter: a number, or last, this, next year."""
    if a.has("year"):
        return int(a.text("year"))
    return a.today.year + a.step if a.today else None


def _quarter(a: Asked) -> Meaning | None:
    year, number = _some_year(a), a.number("ordinal")
    length = 3 if a.has("quarter") else 6
    if year is None or number > 12 // length:
        return None
    return plain(span(whole_month(year, (number - 1) * length + 1)[0], whole_month(year, number * length)[1]))


def _season(a: Asked) -> Meaning | None:
    begins = a.number("season")
    if a.has("year") or "ofthe" in a.groups:
        year = _some_year(a)
        return plain(_season_of(begins, year)) if year else None
    if a.today is None:
        return None
    seasons = [_season_of(begins, a.today.year + step) for step in (-2, -1, 0, 1, 2)]
    if a.way == "past":
        return Meaning([s for s in seasons if s[1] < a.today][-1])
    if a.way == "future":
        return Meaning(next(s for s in seasons if s[0] > a.today))
    return Meaning(next(s for s in seasons if s[1] >= a.today))


def _season_of(begins: int, year: int) -> Days:
    first = whole_month(year - 1 if begins == 12 else year, begins)[0]
    return first, whole_month(first.year, first.month + 2)[1], Granularity.RANGE


def _decade(a: Asked) -> Meaning | None:
    century = 2000 if a.way == "present" else 1900
    begin = century + a.number("decade")
    thirds = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
    low, high = thirds[a.words.name("part", a.text("part"))] if a.has("part") else (0, 9)
    return plain(span(dt.date(begin + low, 1, 1), dt.date(begin + high, 12, 31)))


def _century(a: Asked) -> Meaning | None:
    if a.has("ordinal"):
        number = a.number("ordinal")
    elif a.today:
        number = (a.today.year - 1) // 100 + 1 + a.step
    else:
        return None
    return plain(span(dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31)))


# -- from one time to another -----------------------------------------------------------------------------------------------


def _days_of_month(a: Asked) -> Meaning | None:
    first, last = (a.groups["dn_1"], a.groups["dn_2"]) if "dn_2" in a.groups else (a.groups["dn_3"], a.groups["dn_4"])
    month = a.number("month")
    year = _stated_year(a)
    if year is None:
        begin = _without_year(lambda y: dt.date(y, month, int(first)), a.today, a.way)
        if begin is None:
            return None
        year = begin.days[0].year
    return plain(span(dt.date(year, month, int(first)), dt.date(year, month, int(last))))


def _months_range(a: Asked) -> Meaning | None:
    first, last = a.words.number("month", a.groups["month"]), a.words.number("month", a.groups["month_2"])
    year = _stated_year(a)
    if year is None:
        if a.today is None:
            return None
        year = a.today.year if last <= a.today.month else a.today.year - 1
    return plain(span(whole_month(year - (first > last), first)[0], whole_month(year, last)[1]))


def _years(a: Asked) -> Meaning | None:
    return plain(span(dt.date(int(a.groups["year"]), 1, 1), dt.date(int(a.groups["year_2"]), 12, 31)))


READINGS: Mapping[str, Reading] = {
    "named": _named, "september_11": _september_11, "figures": _figures, "day_of_month": _day_of_month,
    "day_of_relative_month": _day_of_relative_month, "month": _month, "part_of_month": _part_of_month, "year": _year,
    "part_of_year": _part_of_year, "quarter": _quarter, "season": _season, "decade": _decade, "century": _century,
    "days_of_month": _days_of_month, "months": _months_range, "years": _years,
    **hijri.READINGS, **reckoning.READINGS,
}  # fmt: skip
# Readings that need the time named before; so does any expression with an anaphor in it.
DEFERRED = frozenset({"anaphor", "reckoned"})
