"""Expressions of time in Arabic news -> days: absolute dates, dates relative to the day of publication, Hijri dates.

    expressions(text, published) -> list[Time]        what a text says, left to right, each as news means it
    readings(text, published) -> tuple[Reading, …]       the same with what it means for the past and for the future
    publication_date(text) -> date | None              the day of publication from the article's own words

Words and expressions are data (`kg/data/lexicon/times.toml`); kg/dates/moments.py turns what a pattern has found into days. Of
expressions that overlap the longest counts. What stands side by side and means one day is one expression («يوم السبت 21
أغسطس», «اليوم الأحد», «10 ذي الحجة 1442 الموافق 20 يوليو»), as are «منذ» and the time after it, and «من … إلى …».

The names of months are those of Babel's Arabic locales and of the data; newspapers write two at once (أغسطس/آب). Hijri dates
are converted with hijridate (Umm al-Qura). dateparser reads none of the pairs of month names and takes a millisecond
a date, so that the grammar here is our own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale

from kg import files
from kg.arabic import MARKS, fold
from kg.dates import calendar, moments
from kg.dates.calendar import Asked, Days, Groups, Lexicon, Meaning
from kg.errors import DataError
from kg.model import Granularity, Span, Time
from kg.tables import Row, read_settings

_LOCALES = ("ar", "ar_SY", "ar_EG", "ar_MA", "ar_DZ", "ar_IQ", "ar_TN")
_PLACE = re.compile(r"\{([a-z_]+)(?::([a-z0-9]+))?\}")
_GROUP = re.compile(r"\(\?P<([a-z]+)>")
# Where a word begins, or a word behind one or two glued particles: و, ف; ب, ل, ك.
_WORD_START = r"(?:(?<!\w)|(?<=\b[وفبلك])|(?<=\b[وف][بلك]))"
# Characters over which a time is remembered for "the next day".
REACH = 400
# Patterns that only point at a day, and may stand beside its date.
_VAGUE = {"day", "weekday"}
_BESIDE = re.compile(r"[^\S\n]*[،,]?[^\S\n]*(?:\(|الموافقه?[^\S\n]+(?:ل[^\S\n]*|يوم[^\S\n]+)?)?")
_OPENING = re.compile(r"(?<!\w)(?:بين|من|يومي|ما بين|ايام)[^\S\n]+$")
_UNTIL = re.compile(r"[^\S\n]+(?:و[^\S\n]*|و?(?:حتي|الي)[^\S\n]+)")
_SINCE = re.compile(r"(?<!\w)و?(?:منذ|ابتداء من|اعتبارا من)[^\S\n]+$")


class ExpressionRow(Row):
    """A kind of expression: its pattern, the reading in kg/dates/moments.py that gives its days, an example."""

    id: str
    reads: str
    gloss: str
    pattern: str
    example: str


class BlockedRow(Row):
    """Words that are no time although they look like one."""

    id: str
    gloss: str
    pattern: str
    example: str


class TimesFile(Row):
    """The schema of times.toml."""

    week_starts: int
    months: dict[int, tuple[str, ...]]
    hijri_months: dict[int, tuple[str, ...]]
    weekdays: dict[int, tuple[str, ...]]
    days: dict[int, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    periods: dict[str, tuple[str, ...]]
    plurals: dict[str, tuple[str, ...]]
    duals: dict[str, tuple[str, ...]]
    directions: dict[str, tuple[str, ...]]
    anaphors: dict[str, tuple[str, ...]]
    numbers: dict[int, tuple[str, ...]]
    ordinals: dict[int, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    seasons: dict[int, tuple[str, ...]]
    decades: dict[int, tuple[str, ...]]
    named: dict[str, tuple[str, ...]]
    fragments: dict[str, str]
    expression: tuple[ExpressionRow, ...]
    blocked: tuple[BlockedRow, ...]


@dataclass(frozen=True)
class Grammar:
    """The compiled patterns and the words in them."""

    words: Lexicon
    expressions: tuple[tuple[ExpressionRow, re.Pattern[str]], ...]
    blocked: re.Pattern[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar that comes with the package. Raises DataError where a pattern or the name of a reading is wrong."""
    data = read_settings(files.DATA / "lexicon" / "times.toml", TimesFile)
    months = {fold(name): n for n, names in data.months.items() for name in names}
    for locale in _LOCALES:
        names = Locale.parse(locale).months["format"]["wide"]
        months |= {fold(name): n for n, name in names.items() if fold(name) not in months}
    tables: dict[str, Mapping[str, int | str]] = {"month": months}
    for group, table in (
        ("hijri", data.hijri_months), ("weekday", data.weekdays), ("day", data.days), ("unit", data.units), ("period", data.periods),
        ("plural", data.plurals), ("dual", data.duals), ("direction", data.directions), ("anaphor", data.anaphors),
        ("number", data.numbers), ("ordinal", data.ordinals), ("part", data.parts), ("season", data.seasons),
        ("decade", data.decades), ("named", data.named),
    ):  # fmt: skip
        tables[group] = {fold(word): key for key, words in table.items() for word in words}
    compiled = tuple((row, _compile(row.id, row.pattern, tables, data.fragments)) for row in data.expression)
    for row in data.expression:
        if row.reads not in moments.READINGS:
            raise DataError(f"times.toml expression {row.id}: unknown reading {row.reads!r}; allowed are {', '.join(sorted(moments.READINGS))}")
    blocked = "|".join(f"(?:{row.pattern})" for row in data.blocked)
    return Grammar(Lexicon(tables, data.week_starts), compiled, _compile("blocked", blocked, tables, data.fragments))


def _compile(id: str, pattern: str, tables: Mapping[str, Mapping[str, int | str]], fragments: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with its names in braces written out: a table's words as a named group, a part in its place. A suffix
    (`{month:2}`) goes to the names of all groups inside, so that one thing can stand twice."""

    def expand(text: str, suffix: str) -> str:
        def one(found: re.Match[str]) -> str:
            name, own = found[1], (f"_{found[2]}" if found[2] else "") + suffix
            if name in tables:
                return f"(?P<{name}{own}>{_any(tables[name])})(?!\\w)"
            if name not in fragments:
                raise DataError(f"times.toml {id}: {{{name}}} is neither a table nor a part")
            part = _GROUP.sub(lambda group: f"(?P<{group[1]}{own}>", fragments[name])
            return f"(?:{expand(part, own)})"

        return _PLACE.sub(one, text)

    plain = expand(pattern, "").replace(" ?", r"[^\S\n]*").replace(" ", r"[^\S\n]+")
    try:
        return re.compile(f"{_WORD_START}(?:{plain})")
    except re.error as error:
        raise DataError(f"times.toml {id}: the pattern cannot be used: {error}") from error


def _any(table: Mapping[str, int | str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(table, key=len, reverse=True))


# -- finding --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as news means it, and as it is meant of what has happened (`back`) and of what is to come (`ahead`);
    the three are equal for most. `rule` is the id of its pattern."""

    time: Time
    back: Time
    ahead: Time
    rule: str


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression in the plain text, with its meaning once it is known."""

    start: int
    end: int
    rule: ExpressionRow
    groups: Groups
    meaning: Meaning | None = None

    @property
    def days(self) -> Days:
        assert self.meaning
        return self.meaning.days

    @property
    def one_day(self) -> bool:
        return bool(self.meaning) and self.days[2] is Granularity.DAY


@dataclass(frozen=True, slots=True)
class _Plain:
    """Folded letters without marks, and for each of them (and the end) its offset in the text."""

    text: str
    offsets: tuple[int, ...]


def _plain(text: str) -> _Plain:
    out, offsets = [], []
    for i, char in enumerate(text):
        if new := _one(char):
            out.append(new)
            offsets.append(i)
    return _Plain("".join(out), (*offsets, len(text)))


@lru_cache(maxsize=4096)
def _one(char: str) -> str:
    """A letter or digit folded, anything else as it is; marks are dropped."""
    folded = fold(char)
    return folded if len(folded) == 1 else "" if MARKS.match(char) else char


def expressions(text: str, published: dt.date | None = None) -> list[Time]:
    """The expressions of time in a text, left to right. Relative ones need the day of publication and are left out without
    it; so is a date whose year cannot be told."""
    return [reading.time for reading in readings(text, published)]


@lru_cache(maxsize=4)  # several readers ask for the same article in turn
def readings(text: str, published: dt.date | None = None) -> tuple[Reading, ...]:
    """The expressions of time in a text, left to right, with what they mean of the past and of the future."""
    plain = _plain(text)
    found = _resolved(_selected(plain.text, published), published)
    found = _ranges(_merged(found, plain.text, published), plain.text)
    return tuple(_reading(f, text, plain) for f in _since(found, plain.text, published))


def _reading(found: _Found, text: str, plain: _Plain) -> Reading:
    assert found.meaning
    span = Span(plain.offsets[found.start], plain.offsets[found.end - 1] + 1)
    while span.end < len(text) and MARKS.match(text[span.end]):
        span = Span(span.start, span.end + 1)

    def time(days: Days | None) -> Time:
        return Time(*(days or found.days), text[span.start : span.end], span)

    return Reading(time(found.days), time(found.meaning.back), time(found.meaning.ahead), found.rule.id)


def _selected(text: str, today: dt.date | None) -> list[_Found]:
    """Of all that the patterns find and that means days, the longest that do not overlap, in their order."""
    made = grammar()
    taken: list[tuple[int, int]] = [m.span() for m in made.blocked.finditer(text)]
    candidates = []
    for order, (row, pattern) in enumerate(made.expressions):
        for match in pattern.finditer(text):
            groups = {name: value for name, value in match.groupdict().items() if value}
            start, end = match.span("core") if "core" in groups else match.span()
            if _bounded(text, end) and _one_month(groups):
                candidates.append((start - end, start, order, _Found(start, end, row, groups)))
    chosen = []
    for _, _, _, found in sorted(candidates, key=lambda c: c[:3]):
        if any(found.start < end and start < found.end for start, end in taken):
            continue
        if not _deferred(found):
            found = replace(found, meaning=_meaning(found, today, None))
            if found.meaning is None:
                continue
        taken.append((found.start, found.end))
        chosen.append(found)
    return sorted(chosen, key=lambda f: f.start)


def _one_month(groups: Groups) -> bool:
    """Two names side by side are one month's: أغسطس/آب."""
    months = grammar().words.tables["month"]
    return "month_x" not in groups or months[fold(groups["month"])] == months[fold(groups["month_x"])]


def _deferred(found: _Found) -> bool:
    return found.rule.reads in moments.DEFERRED or any(name.startswith("anaphor") for name in found.groups)


def _meaning(found: _Found, today: dt.date | None, before: Days | None) -> Meaning | None:
    try:
        return moments.READINGS[found.rule.reads](Asked(found.groups, grammar().words, today, before))
    except (ValueError, OverflowError):  # no such day
        return None


def _bounded(text: str, end: int) -> bool:
    """Nothing of a longer word or number after it."""
    return not (end < len(text) and (text[end].isalpha() or (text[end].isdigit() and text[end - 1].isdigit())))


def _resolved(found: Iterable[_Found], today: dt.date | None) -> list[_Found]:
    """Those that are reckoned from the time named before get their meaning; without one they are dropped."""
    out: list[_Found] = []
    for one in found:
        if one.meaning is None:
            before = out[-1] if out and one.start - out[-1].end < REACH else None
            one = replace(one, meaning=_meaning(one, today, before.days if before else None))
        if one.meaning is not None:
            out.append(one)
    return out


def _merged(found: Iterable[_Found], text: str, today: dt.date | None) -> list[_Found]:
    """What stands side by side and means one day, as one."""
    out: list[_Found] = []
    for one in found:
        last = out[-1] if out else None
        if last and last.one_day and one.one_day and _BESIDE.fullmatch(text[last.end : one.start]) and (day := _same_day(last, one, today)):
            sharp = one if last.rule.id in _VAGUE and one.rule.id not in _VAGUE else last
            out[-1] = replace(sharp, start=last.start, end=one.end, meaning=Meaning(calendar.one_day(day)))
        else:
            out.append(one)
    return out


def _same_day(one: _Found, other: _Found, today: dt.date | None) -> dt.date | None:
    """The day that two neighbours mean together: a weekday corrects the year of a date and the day that "today" is."""
    assert one.meaning and other.meaning
    first, second = one.days[0], other.days[0]
    if one.rule.id not in _VAGUE:
        return second if first == second or ("hijri" in one.rule.id + other.rule.id and abs((first - second).days) < 3) else None
    if other.rule.id == "weekday":
        near = [first + dt.timedelta(days=n) for n in (0, -1, 1) if (first + dt.timedelta(days=n)).weekday() == second.weekday()]
        return near[0] if one.rule.id == "day" and near else None
    if first == second:
        return second
    if one.rule.id != "weekday" or other.rule.id in _VAGUE:
        return None
    if second.weekday() == first.weekday():
        return second
    return moments.on_weekday(other.meaning.open, first.weekday(), today) if other.meaning.open and today else None


def _ranges(found: Iterable[_Found], text: str) -> list[_Found]:
    """ "From Sunday until Tuesday", "between 28 August and 2 September", "on Tuesday and Wednesday" as one."""
    out: list[_Found] = []
    for one in found:
        last = out[-1] if out else None
        opening = _OPENING.search(text, max(0, last.start - 20), last.start) if last else None
        if last and opening and _UNTIL.fullmatch(text[last.end : one.start]) and (days := _from_to(last, one)):
            out[-1] = replace(last, start=opening.start(), end=one.end, meaning=Meaning(days))
        else:
            out.append(one)
    return out


def _from_to(one: _Found, other: _Found) -> Days | None:
    first, last = one.days[0], other.days[1]
    if first > last and one.rule.id == other.rule.id == "weekday":
        first -= dt.timedelta(days=7)
    return calendar.span(first, last)


def _since(found: Iterable[_Found], text: str, today: dt.date | None) -> list[_Found]:
    out = []
    for one in found:
        word = _SINCE.search(text, max(0, one.start - 20), one.start)
        days = calendar.since(one.days, today) if word and one.days[0] != today else None
        out.append(replace(one, start=word.start(), meaning=Meaning(days)) if word and days else one)
    return out


# -- the day of publication -------------------------------------------------------------------------------------------------


def _in_brackets(text: str, span: Span) -> bool:
    """A date in the brackets of a dateline: "(Agency - 25 August 2021)"."""
    before, after = text[: span.start].rpartition("\n")[2], text[span.end :].partition("\n")[0]
    return before.count("(") > before.count(")") and ")" in after and len(before) < 120


def publication_date(text: str) -> dt.date | None:
    """The day of publication from the article's own words: the first full date that stands beside "today" or a weekday,
    else a full date on a line of its own or in a dateline at the beginning."""
    dates = [(t.first, t.span) for t in expressions(text) if t.granularity is Granularity.DAY and t.span]
    weekdays = grammar().words.tables["weekday"]
    for day, span in dates:
        before = [fold(word) for word in text[max(0, span.start - 30) : span.start].split()[-3:]]
        if any(word in weekdays or word == "اليوم" for word in before):
            return day
    for day, span in dates:
        if span.start < 400 and _in_brackets(text, span):
            return day
    for day, span in dates:
        line = text[: span.start].rpartition("\n")[2] + text[span.end :].partition("\n")[0]
        if len(line.strip()) <= 40:
            return day
    return None
