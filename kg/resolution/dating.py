"""Mentions -> the days on which an article can have been written, for finding out who held an office then.

The day of publication, where it is known. Else the time in which those whom the article names with a title held that post, and
others whom it names were in office: "the American president Obama", "the British premier Cameron" is 2010 to 2016. A year that
the article names cuts off what lies before it. Nothing here depends on the day on which the program runs but its end.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Article, EntityType, Mentions
from kg.reference import OfficeRow, Reference
from kg.tables import first_day, last_day

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What a title before a name says of the day, and what a name alone says, of somebody who may be out of office.
_TITLED, _NAMED = 3, 1
_OPEN = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day on which an article can have been written; `told` where anything says so."""

    first: dt.date
    last: dt.date
    told: bool = True

    @property
    def day(self) -> dt.date:
        """One day of it, to look up offices by."""
        return self.first + (self.last - self.first) / 2

    def held(self, row: OfficeRow) -> bool:
        """The office was held on each of its days."""
        return _since(row) <= self.first and self.last <= _until(row)

    def touches(self, row: OfficeRow) -> bool:
        """The office was held on some of its days."""
        return _since(row) <= self.last and self.first <= _until(row)


def period(article: Article, found: Mentions, reference: Reference) -> Period:
    """When an article was written: the days that fit most of the officers whom it names."""
    if article.published:
        return Period(article.published, article.published)
    today = dt.date.today()
    terms = list(_terms(found, reference))
    if not any(weight == _TITLED for weight, _ in terms):
        return Period(today, today, False)
    cuts = sorted({day for _, rows in terms for row in rows for day in (_since(row), _until(row) + dt.timedelta(1)) if day <= today} | {today})
    spans = [(first, last - dt.timedelta(1)) for first, last in pairwise(cuts)]
    if not spans:
        return Period(today, today, False)
    scores = [sum(w for w, rows in terms if any(Period(*span).held(row) for row in rows)) for span in spans]
    best = max(_joined([span for span, score in zip(spans, scores, strict=True) if score == max(scores)]), key=lambda s: s[1] - s[0])
    years = [dt.date(int(y), 1, 1) for y in _YEAR.findall(article.text) if best[0].year < int(y) <= best[1].year]
    return Period(max([best[0], *years]), best[1])


def _terms(found: Mentions, reference: Reference) -> Iterator[tuple[int, list[OfficeRow]]]:
    """The terms of office that the article speaks of, each once, with how much they say."""
    seen: set[str] = set()
    for title in found.titles:
        ids = found.names[title.name].ids if title.name is not None else ()
        rows = [r for i in ids for r in reference.by_person.get(i, ()) if r.office == title.office and r.of == (title.of or r.of)]
        if rows and not title.former and not seen & {r.person for r in rows}:
            seen |= {r.person for r in rows}
            yield _TITLED, rows
    for name in found.names:
        rows = [r for i in name.ids for r in reference.by_person.get(i, ())]
        if name.type is EntityType.PERSON and len(name.ids) == 1 and rows and not seen & set(name.ids):
            seen |= set(name.ids)
            yield _NAMED, rows


def _joined(spans: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Spans that touch as one."""
    joined: list[tuple[dt.date, dt.date]] = []
    for first, last in spans:
        if joined and joined[-1][1] + dt.timedelta(1) == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _since(row: OfficeRow) -> dt.date:
    return first_day(row.since) if row.since else _OPEN


def _until(row: OfficeRow) -> dt.date:
    return last_day(row.until) if row.until else dt.date.max - dt.timedelta(1)
