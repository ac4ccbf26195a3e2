"""Expressions of time in Arabic news -> days: absolute dates, dates relative to the day of publication, Hijri dates.

The names of months are those of Babel's Arabic locales and of `kg/data/lexicon/times.toml`; newspapers write two at once
(أغسطس/آب). Hijri dates are converted with hijridate (Umm al-Qura). dateparser reads none of the pairs of month names and
takes a millisecond a date, so that the grammar here is our own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from hijridate import Hijri

from kg import files
from kg.arabic import fold
from kg.model import Granularity, Span, Time
from kg.tables import Row, read_settings

_LOCALES = ("ar", "ar_SY", "ar_EG", "ar_MA", "ar_DZ", "ar_IQ", "ar_TN")
_DIGITS = {ord("٠") + d: str(d) for d in range(10)} | {ord("۰") + d: str(d) for d in range(10)}
# A year in the news.
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_HIJRI_YEAR = r"1[34]\d\d"


class TimesFile(Row):
    """The schema of times.toml."""

    months: dict[int, tuple[str, ...]]
    hijri_months: dict[int, tuple[str, ...]]
    weekdays: dict[int, tuple[str, ...]]
    days: dict[int, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    directions: dict[str, tuple[str, ...]]
    numbers: dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class _Words:
    """Folded words and what they mean, and the expression that finds each kind of time."""

    months: Mapping[str, int]
    hijri: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    units: Mapping[str, str]
    directions: Mapping[str, str]
    numbers: Mapping[str, int]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_settings(files.DATA / "lexicon" / "times.toml", TimesFile)
    months = {fold(name): n for n, names in data.months.items() for name in names}
    for locale in _LOCALES:
        names = Locale.parse(locale).months["format"]["wide"]
        months |= {fold(name): n for n, name in names.items() if fold(name) not in months}
    tables = [
        {fold(w): key for key, words in table.items() for w in words}
        for table in (data.hijri_months, data.weekdays, data.days, data.units, data.directions, data.numbers)
    ]
    hijri, weekdays, days, units, directions, numbers = tables
    return _Words(months, hijri, weekdays, days, units, directions, numbers, _pattern(months, *tables))  # type: ignore[arg-type]


def _pattern(*tables: Mapping[str, object]) -> re.Pattern[str]:
    month, hijri, weekday, day, unit, direction, number = (_any(table) for table in tables)
    two = rf"(?P<month>{month})(?:\s*[/(]\s*(?:{month})(?:\s*\))?)?"
    parts = [
        rf"(?P<hday>\d{{1,2}})\s+(?:من\s+)?(?:شهر\s+)?(?P<hmonth>{hijri})(?:\s+(?:عام\s+|سنه\s+)?(?P<hyear>{_HIJRI_YEAR}))?(?:\s*ه\b)?",
        rf"(?P<iso>{_YEAR}-\d{{2}}-\d{{2}})",
        rf"(?P<sday>\d{{1,2}})[/.](?P<smonth>\d{{1,2}})[/.](?P<syear>{_YEAR})",
        rf"(?P<day>\d{{1,2}})\s+(?:من\s+)?(?:شهر\s+)?{two}(?:\s*[،,]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<year>{_YEAR}))?"
        rf"(?:\s+(?P<ddir>{direction}))?",
        rf"(?:شهر\s+)?{two.replace('month>', 'omonth>')}\s*(?:(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<oyear>{_YEAR})|(?P<odir>{direction}))",
        rf"(?:العام|عام|سنه)\s+(?P<yyear>{_YEAR})",
        rf"(?P<rel>{day})\b",
        rf"(?:يوم\s+)?(?P<weekday>{weekday})\b(?:\s+(?P<wdir>{direction}))?",
        rf"(?P<uthis>هذا|هذه)\s+ال(?P<tunit>{unit})\b",
        rf"ال(?P<dunit>{unit})\s+(?P<udir>{direction})",
        rf"(?P<ago>قبل|منذ|بعد)\s+(?:نحو\s+|حوالي\s+)?(?:(?P<count>\d+|{number})\s+)?(?P<aunit>{unit})\b",
    ]
    return re.compile("|".join(rf"(?:{p})" for p in parts))


def _any(table: Mapping[str, object]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(table, key=len, reverse=True))


def _foldable(text: str) -> str:
    """Letters and digits folded one for one, so that offsets stay; marks become what they are (they break a match)."""
    return "".join(_one(char) for char in text)


@lru_cache(maxsize=4096)
def _one(char: str) -> str:
    folded = fold(char)
    return folded if len(folded) == 1 else char.translate(_DIGITS)


def expressions(text: str, published: dt.date | None = None) -> list[Time]:
    """The expressions of time in a text, left to right. Relative ones need the day of publication and are left out without
    it; so is a date whose year cannot be told."""
    plain = _foldable(text)
    words = _words()
    found = []
    for match in words.pattern.finditer(plain):
        if (match.start() and plain[match.start() - 1].isalnum() and not _proclitic(plain, match.start())) or (
            match.end() < len(plain) and plain[match.end()].isalpha() and plain[match.end()] not in "مهء"
        ):
            continue
        groups = {k: v for k, v in match.groupdict().items() if v}
        try:
            days = _read(groups, words, published)
        except ValueError:
            days = None
        if days:
            first, last, granularity = days
            span = Span(match.start(), match.end())
            found.append(Time(first, last, granularity, text[span.start : span.end], span))
    return found


def _proclitic(text: str, start: int) -> bool:
    """A single و, ب, ل or ف glued before the expression."""
    return text[start - 1] in "وبلف" and (start < 2 or not text[start - 2].isalpha())


_Days = tuple[dt.date, dt.date, Granularity]


def _read(g: Mapping[str, str], w: _Words, today: dt.date | None) -> _Days | None:
    if "hmonth" in g:
        return _hijri(g, w, today)
    if "iso" in g:
        return _one_day(dt.date.fromisoformat(g["iso"]))
    if "smonth" in g:
        return _one_day(dt.date(int(g["syear"]), int(g["smonth"]), int(g["sday"])))
    if "month" in g:
        return _day_of_month(g, w, today)
    if "omonth" in g:
        return _month(g, w, today)
    if "yyear" in g:
        return _year(int(g["yyear"]))
    return _relative(g, w, today) if today else None


def _one_day(day: dt.date) -> _Days:
    return day, day, Granularity.DAY


def _year(year: int) -> _Days:
    return dt.date(year, 1, 1), dt.date(year, 12, 31), Granularity.YEAR


def _key(word: str) -> str:
    return " ".join(word.split())


def _day_of_month(g: Mapping[str, str], w: _Words, today: dt.date | None) -> _Days | None:
    month, day = w.months[_key(g["month"])], int(g["day"])
    if "year" in g:
        return _one_day(dt.date(int(g["year"]), month, day))
    if today is None:
        return None
    way = w.directions.get(g.get("ddir", ""), "")
    return _one_day(_nearest(lambda year: dt.date(year, month, day), today, way))


def _nearest(make, today: dt.date, way: str) -> dt.date:  # type: ignore[no-untyped-def]
    """The year of a date without one: by the word after it (last, next), else the nearest to the day of publication."""
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(make(year))
        except ValueError:
            continue
    if way == "past":
        candidates = [c for c in candidates if c <= today]
    elif way == "future":
        candidates = [c for c in candidates if c >= today]
    if not candidates:
        raise ValueError("no such day")
    return min(candidates, key=lambda c: abs((c - today).days))  # type: ignore[no-any-return]


def _month(g: Mapping[str, str], w: _Words, today: dt.date | None) -> _Days | None:
    month = w.months[_key(g["omonth"])]
    if "oyear" in g:
        return _whole_month(dt.date(int(g["oyear"]), month, 1))
    if today is None:
        return None
    way = w.directions.get(g.get("odir", ""), "")
    this = dt.date(today.year, month, 1)
    if way == "past" and this > today.replace(day=1):
        this = this.replace(year=today.year - 1)
    if way == "future" and this < today.replace(day=1):
        this = this.replace(year=today.year + 1)
    return _whole_month(this)


def _whole_month(first: dt.date) -> _Days:
    after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return first, after - dt.timedelta(days=1), Granularity.MONTH


def _hijri(g: Mapping[str, str], w: _Words, today: dt.date | None) -> _Days | None:
    month, day = w.hijri[_key(g["hmonth"])], int(g["hday"])
    if "hyear" in g:
        return _one_day(Hijri(int(g["hyear"]), month, day).to_gregorian())
    if today is None:
        return None
    from hijridate import Gregorian

    this = Gregorian(today.year, today.month, today.day).to_hijri().year
    converted = [Hijri(year, month, day).to_gregorian() for year in (this - 1, this, this + 1)]
    days = [dt.date(d.year, d.month, d.day) for d in converted]
    return _one_day(min(days, key=lambda d: abs((d - today).days)))


def _relative(g: Mapping[str, str], w: _Words, today: dt.date) -> _Days | None:
    if "rel" in g:
        return _one_day(today + dt.timedelta(days=w.days[_key(g["rel"])]))
    if "weekday" in g:
        return _weekday(w.weekdays[g["weekday"]], w.directions.get(g.get("wdir", ""), ""), today)
    if "dunit" in g or "tunit" in g:
        way = w.directions[g["udir"]] if "udir" in g else "present"
        step = {"past": -1, "future": 1}.get(way, 0)
        return _period(w.units[g.get("dunit") or g["tunit"]], step, today)
    if "aunit" in g:
        return _ago(g, w, today)
    return None


def _weekday(weekday: int, way: str, today: dt.date) -> _Days:
    """A weekday alone is the last one, today included: news tells what has happened; "next" is the one after today."""
    back = (today.weekday() - weekday) % 7
    if way == "future":
        return _one_day(today + dt.timedelta(days=(weekday - today.weekday()) % 7 or 7))
    if way == "past" and back == 0:
        back = 7
    return _one_day(today - dt.timedelta(days=back))


def _period(unit: str, step: int, today: dt.date) -> _Days:
    if unit == "day":
        return _one_day(today + dt.timedelta(days=step))
    if unit == "week":
        # The week of the Arab press begins on Saturday in most places, ISO's on Monday; ISO's is what tools expect.
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=step)
        return monday, monday + dt.timedelta(days=6), Granularity.WEEK
    if unit == "month":
        month = today.year * 12 + today.month - 1 + step
        return _whole_month(dt.date(month // 12, month % 12 + 1, 1))
    return _year(today.year + step)


def _ago(g: Mapping[str, str], w: _Words, today: dt.date) -> _Days | None:
    unit = w.units[g["aunit"]]
    dual = g["aunit"].endswith(("ين", "ان")) and len(g["aunit"]) > 4
    count = int(g["count"]) if g.get("count", "").isdigit() else w.numbers.get(g.get("count", ""), 2 if dual else 1)
    if "count" not in g and not dual and g["aunit"] in {"ايام", "اسابيع", "اشهر", "شهور", "سنوات", "اعوام"}:
        return None  # "for days": no count, no date
    sign = 1 if g["ago"] == "بعد" else -1
    if unit == "day":
        return _one_day(today + sign * dt.timedelta(days=count))
    if unit == "week":
        day = today + sign * dt.timedelta(weeks=count)
        return day - dt.timedelta(days=3), day + dt.timedelta(days=3), Granularity.WEEK
    return _period(unit, sign * count, today)


def _in_brackets(text: str, span: Span) -> bool:
    """A date in the brackets of a dateline: "(Agency - 25 August 2021)"."""
    before, after = text[: span.start].rpartition("\n")[2], text[span.end :].partition("\n")[0]
    return before.count("(") > before.count(")") and ")" in after and len(before) < 120


def publication_date(text: str) -> dt.date | None:
    """The day of publication from the article's own words: the first full date that stands beside "today" or a weekday,
    else a full date on a line of its own or in a dateline at the beginning."""
    dates = [t for t in expressions(text) if t.granularity is Granularity.DAY and t.span]
    plain = _foldable(text)
    for time in dates:
        assert time.span
        before = plain[max(0, time.span.start - 30) : time.span.start].split()[-3:]
        words = _words()
        if any(word.strip("،,()") in words.weekdays or word == "اليوم" for word in before):
            return time.first
    for time in dates:
        assert time.span
        if time.span.start < 400 and _in_brackets(text, time.span):
            return time.first
    for time in dates:
        assert time.span
        line = text[: time.span.start].rpartition("\n")[2] + text[time.span.end :].partition("\n")[0]
        if len(line.strip()) <= 40:
            return time.first
    return None
