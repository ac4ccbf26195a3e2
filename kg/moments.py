"""The readings of kg/data/lexicon/times.toml: each takes the words of one expression, the day of publication and the time that the
text named before, and gives what they mean, or None where they give no days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from hijridate import Gregorian, Hijri

from kg.arabic import fold
from kg.calendar import (
    Asked,
    Days,
    Meaning,
    one_day,
    period,
    shifted,
    span,
    third,
    week_of,
    whole_month,
    whole_year,
)
from kg.model import Granularity

_ONE_DAY = dt.timedelta(days=1)


def _plain(days: Days | None) -> Meaning | None:
    return Meaning(days) if days else None


def _named(a: Asked) -> Meaning | None:
    return Meaning(one_day(dt.date.fromisoformat(a.words.name("named", a.text("named")))))


def _september_11(a: Asked) -> Meaning | None:
    return Meaning(one_day(dt.date(2001, 9, 11))) if a.number("month") == 9 else None


def _figures(a: Asked) -> Meaning | None:
    year = int(a.groups["y"])
    if not 1000 <= year <= 2200:
        return None
    return Meaning(one_day(dt.date(year, int(a.groups["m"]), int(a.groups["d"]))))


def _day_number(a: Asked) -> int:
    if a.has("dn"):
        return int(a.text("dn"))
    return 1 if a.has("first") else a.number("ordinal")


def _stated_year(a: Asked) -> int | None:
    """The year that the words give: a number, last year, the year named before."""
    if a.has("year"):
        return int(a.text("year"))
    if "rely" in a.groups:
        if a.has("anaphor"):
            return a.before[0].year + _turn(a) if a.before else None
        return a.today.year + a.step if a.today else None
    return None


def _turn(a: Asked) -> int:
    return {"next": 1, "previous": -1}.get(a.words.name("anaphor", a.text("anaphor")), 0)


def _day_of_month(a: Asked) -> Meaning | None:
    month, day = a.number("month"), _day_number(a)
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
        base, step = (a.before[0] if a.before else None), _turn(a)
    else:
        base, step = a.today, a.step
    if base is None:
        return None
    first = whole_month(base.year, base.month + step)[0]
    return Meaning(one_day(first.replace(day=_day_number(a))))


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


def _period_days(a: Asked) -> Days | None:
    """Last week, this year, the year named before."""
    unit = a.words.name("period", a.text("period"))
    if a.has("anaphor"):
        return period(unit, shifted(a.before[0], unit, _turn(a)), a.words.week_starts) if a.before else None
    if a.today is None:
        return None
    # from the first of the month, so that a month back from the 31st is the month before
    base = a.today.replace(day=1) if unit in {"month", "year"} else a.today
    return period(unit, shifted(base, unit, a.step), a.words.week_starts)


def _period(a: Asked) -> Meaning | None:
    return _plain(_period_days(a))


def _part_of_period(a: Asked) -> Meaning | None:
    days = _period_days(a)
    return Meaning(third(days, a.words.name("part", a.text("part")))) if days else None


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
    return _plain(span(whole_month(year, (number - 1) * length + 1)[0], whole_month(year, number * length)[1]))


def _season(a: Asked) -> Meaning | None:
    begins = a.number("season")
    if a.has("year") or "ofthe" in a.groups:
        year = _some_year(a)
        return _plain(_season_of(begins, year)) if year else None
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
    return _plain(span(dt.date(begin + low, 1, 1), dt.date(begin + high, 12, 31)))


def _century(a: Asked) -> Meaning | None:
    if a.has("ordinal"):
        number = a.number("ordinal")
    elif a.today:
        number = (a.today.year - 1) // 100 + 1 + a.step
    else:
        return None
    return _plain(span(dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31)))


# -- Hijri ----------------------------------------------------------------------------------------------------------------


def _gregorian(year: int, month: int, day: int) -> dt.date:
    made = Hijri(year, month, day).to_gregorian()
    return dt.date(made.year, made.month, made.day)


def _hijri_this_year(today: dt.date) -> int:
    return int(Gregorian(today.year, today.month, today.day).to_hijri().year)


def _hijri_day(a: Asked) -> Meaning | None:
    month, day = a.number("hijri"), _day_number(a)
    if a.has("hyear"):
        return Meaning(one_day(_gregorian(int(a.text("hyear")), month, day)))
    if a.today is None:
        return None
    today, this = a.today, _hijri_this_year(a.today)
    days = [_gregorian(year, month, day) for year in (this - 1, this, this + 1)]
    if a.way == "past":
        return Meaning(one_day(max(d for d in days if d <= today)))
    if a.way == "future":
        return Meaning(one_day(min(d for d in days if d >= today)))
    return Meaning(one_day(min(days, key=lambda d: abs((d - today).days))))


def _hijri_month(a: Asked) -> Meaning | None:
    month = a.number("hijri")
    if a.has("hyear"):
        return Meaning(_hijri_whole_month(int(a.text("hyear")), month))
    if a.today is None:
        return None
    today, this = a.today, _hijri_this_year(a.today)
    months = [_hijri_whole_month(year, month) for year in (this - 1, this, this + 1)]
    if a.way == "past":
        return Meaning([m for m in months if m[1] < today][-1])
    if a.way == "future":
        return Meaning(next(m for m in months if m[0] > today))
    return Meaning(min(months, key=lambda m: min(abs((m[0] - today).days), abs((m[1] - today).days))))


def _hijri_whole_month(year: int, month: int) -> Days:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _gregorian(year, month, 1), _gregorian(*following, 1) - _ONE_DAY, Granularity.MONTH


def _hijri_year(a: Asked) -> Meaning | None:
    year = int(a.text("hyear"))
    return Meaning((_gregorian(year, 1, 1), _gregorian(year + 1, 1, 1) - _ONE_DAY, Granularity.YEAR))


# -- relative to today ----------------------------------------------------------------------------------------------------


def _day(a: Asked) -> Meaning | None:
    return Meaning(one_day(a.today + dt.timedelta(days=a.number("day")))) if a.today else None


def _weekday(a: Asked) -> Meaning | None:
    """A weekday alone is the last one, today included: news tells what has happened."""
    if a.today is None:
        return None
    return weekday(a.number("weekday"), a.way, a.today, a.words.week_starts)


def weekday(number: int, way: str, today: dt.date, starts: int) -> Meaning:
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
    if (first.days[0] + _ONE_DAY).weekday() != second:
        return None
    return _plain(span(first.days[0], first.days[0] + _ONE_DAY))


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
    return _plain(span(min(a.today, other), max(a.today, other)))


def _ago(a: Asked) -> Meaning | None:
    count = _count(a)
    if a.today is None or not count:
        return None
    unit, way = _unit(a), fold(a.text("way"))
    if way == "منذ":
        return _plain(span(shifted(a.today, unit, -count), a.today))
    if way == "في غضون":
        return _plain(span(a.today, shifted(a.today, unit, count)))
    base = a.today.replace(day=1) if unit in {"month", "year"} else a.today
    return Meaning(period(unit, shifted(base, unit, count if way == "بعد" else -count), a.words.week_starts))


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
    return _plain(span(dt.date(year, month, int(first)), dt.date(year, month, int(last))))


def _months_range(a: Asked) -> Meaning | None:
    first, last = a.words.number("month", a.groups["month"]), a.words.number("month", a.groups["month_2"])
    year = _stated_year(a)
    if year is None:
        if a.today is None:
            return None
        year = a.today.year if last <= a.today.month else a.today.year - 1
    return _plain(span(whole_month(year - (first > last), first)[0], whole_month(year, last)[1]))


def _years(a: Asked) -> Meaning | None:
    return _plain(span(dt.date(int(a.groups["year"]), 1, 1), dt.date(int(a.groups["year_2"]), 12, 31)))


# -- from what was said before ----------------------------------------------------------------------------------------------


def _anaphor(a: Asked) -> Meaning | None:
    if a.has("period"):
        return _plain(_period_days(a))
    if a.before is None or a.before[2] is not Granularity.DAY:
        return None
    return Meaning(one_day(a.before[0] + _turn(a) * _ONE_DAY if a.has("anaphor") else a.before[0]))


def _reckoned(a: Asked) -> Meaning | None:
    count = _count(a)
    if a.before is None or not count:
        return None
    unit = _unit(a)
    fine = {Granularity.DAY: 0, Granularity.WEEK: 1, Granularity.MONTH: 2, Granularity.YEAR: 3}
    if fine.get(a.before[2], 4) > {"day": 0, "week": 1, "month": 2, "year": 3}[unit]:
        return None
    base = a.before[0].replace(day=1) if unit in {"month", "year"} else a.before[0]
    return Meaning(period(unit, shifted(base, unit, count if fold(a.text("way")) == "بعد" else -count), a.words.week_starts))


READINGS: Mapping[str, Callable[[Asked], Meaning | None]] = {
    "named": _named, "september_11": _september_11, "figures": _figures, "hijri_day": _hijri_day, "hijri_month": _hijri_month, "hijri_year": _hijri_year,
    "day_of_month": _day_of_month, "day_of_relative_month": _day_of_relative_month, "month": _month, "part_of_month": _part_of_month,
    "part_of_period": _part_of_period, "part_of_year": _part_of_year, "year": _year, "quarter": _quarter, "season": _season,
    "decade": _decade, "century": _century, "day": _day, "weekday": _weekday, "night": _night, "period": _period,
    "counted_period": _counted_period, "ago": _ago, "days_of_month": _days_of_month, "months": _months_range, "years": _years,
    "anaphor": _anaphor, "reckoned": _reckoned,
}  # fmt: skip
# Readings that need the time named before; so does any expression with an anaphor in it.
DEFERRED = frozenset({"anaphor", "reckoned"})
