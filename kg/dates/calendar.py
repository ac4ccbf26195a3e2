"""Days and stretches of days, and what a reading of an expression of time is asked and answers.

`Days` are the first and the last day that it can be, and the granularity. A weekday or a date without its year means one
thing of what has happened and another of what is to come: `Meaning.back` and `Meaning.ahead`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.arabic import fold
from kg.model import Granularity

Days = tuple[dt.date, dt.date, Granularity]
Groups = Mapping[str, str]  # name of a group -> folded words
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Lexicon:
    """Tables of folded words, by the name of their group, and the weekday on which a week begins."""

    tables: Mapping[str, Mapping[str, int | str]]
    week_starts: int

    def number(self, group: str, word: str) -> int:
        """The number that a word of a group stands for; KeyError where the group lacks the word."""
        return int(self.tables[group][fold(word)])

    def name(self, group: str, word: str) -> str:
        """What a word of a group stands for; KeyError where the group lacks the word."""
        return str(self.tables[group][fold(word)])


@dataclass(frozen=True, slots=True)
class Meaning:
    """Days as news means them by default, of the past, and of the future. `open` is the month and day of a date that lacks
    its year."""

    days: Days
    back: Days | None = None
    ahead: Days | None = None
    open: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One expression with what its reading may need to know."""

    groups: Groups
    words: Lexicon
    today: dt.date | None
    before: Days | None = None  # the time that the text named before

    def has(self, group: str) -> bool:
        """The expression has words of the group."""
        return any(name.partition("_")[0] == group for name in self.groups)

    def text(self, group: str) -> str:
        """The words of a group, or of one of its repetitions (`direction`, `direction_z`, `year_2`)."""
        return next((text for name, text in self.groups.items() if name.partition("_")[0] == group), "")

    def number(self, group: str) -> int:
        """The number that the words of a group stand for."""
        return self.words.number(group, self.text(group))

    def day_of_month(self) -> int:
        """The day that a number, "the first" or an ordinal names."""
        if self.has("dn"):
            return int(self.text("dn"))
        return 1 if self.has("first") else self.number("ordinal")

    def turn(self) -> int:
        """-1, 0 or 1 for the time before, the same as, or after the one named before ("the year before", "the same year")."""
        return {"next": 1, "previous": -1}.get(self.words.name("anaphor", self.text("anaphor")), 0)

    @property
    def way(self) -> str:
        """past, present, future, or empty where no word says."""
        return self.words.name("direction", self.text("direction")) if self.has("direction") else ""

    @property
    def step(self) -> int:
        """-1 for what is past, 1 for what is to come, else 0."""
        return {"past": -1, "future": 1}.get(self.way, 0)


# What gives the meaning of an expression, or None where it gives no days.
Reading = Callable[[Asked], Meaning | None]


# -- spans of days --------------------------------------------------------------------------------------------------------


def plain(days: Days | None) -> Meaning | None:
    """A meaning that is the same of the past and of the future."""
    return Meaning(days) if days else None


def one_day(day: dt.date) -> Days:
    """A single day."""
    return day, day, Granularity.DAY


def span(first: dt.date, last: dt.date) -> Days | None:
    """From one day to another, both included; None where the second is before the first."""
    return (first, last, Granularity.RANGE) if first <= last else None


def whole_year(year: int) -> Days:
    """The first to the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31), Granularity.YEAR


def whole_month(year: int, month: int) -> Days:
    """The month; `month` may run over the ends of the year (0 is December of the year before)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), after - ONE_DAY, Granularity.MONTH


def week_of(day: dt.date, starts: int) -> Days:
    """The week that holds a day; `starts` is the weekday on which weeks begin, 0 for Monday."""
    first = day - dt.timedelta(days=(day.weekday() - starts) % 7)
    return first, first + dt.timedelta(days=6), Granularity.WEEK


def shifted(day: dt.date, unit: str, count: int) -> dt.date:
    """The day `count` units later, the last of the month where the month is too short."""
    if unit in {"day", "week"}:
        return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
    first, last, _ = whole_month(day.year, day.month + count * (12 if unit == "year" else 1))
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), last)


def period(unit: str, day: dt.date, starts: int) -> Days:
    """The calendar unit that holds a day."""
    if unit == "day":
        return one_day(day)
    if unit == "week":
        return week_of(day, starts)
    return whole_month(day.year, day.month) if unit == "month" else whole_year(day.year)


def third(days: Days, part: str) -> Days:
    """Early, mid, late: of a month days 1-10, 11-20 and the rest, of a year four months each, of a week its beginning (three
    days), its middle, and the weekend (Friday to Sunday, whichever days are free)."""
    first, last, granularity = days
    if granularity is Granularity.YEAR:
        begin = {"early": 1, "mid": 5, "late": 9}[part]
        return dt.date(first.year, begin, 1), whole_month(first.year, begin + 3)[1], Granularity.RANGE
    if granularity is Granularity.WEEK:
        friday = first + dt.timedelta(days=(4 - first.weekday()) % 7)
        begin_day, length = {"early": (first, 3), "mid": (first + 3 * ONE_DAY, 3), "late": (friday, 3)}[part]
        return begin_day, begin_day + (length - 1) * ONE_DAY, Granularity.RANGE
    edges = {"early": (first, first.replace(day=10)), "mid": (first.replace(day=11), first.replace(day=20)), "late": (first.replace(day=21), last)}
    return *edges[part], Granularity.RANGE


def since(days: Days, today: dt.date | None) -> Days | None:
    """From the beginning of a time until today."""
    return span(days[0], today) if today else None


def joined(one: Iterable[Days]) -> Days | None:
    """From the first of some days to the last."""
    days = list(one)
    return span(min(d[0] for d in days), max(d[1] for d in days))
