"""Titles that several bear: "the presidents of X, A, and of Y, B", "the ministers of X and Y, A and B"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.arabic import unclitic
from kg.language.wordclasses import shipped
from kg.model import EntityType, Span, Title
from kg.posts.bearers import Bearers
from kg.posts.titletext import TitleText

_WORDS = shipped("titlewords")
# Heads of titles that several bear: those of one state, one after the other.
_TWO_OR_MORE = _WORDS["two_or_more"]


@dataclass(frozen=True)
class Sharers:
    """Reads who shares the titles of one text; `closed` gives a title its end."""

    text: TitleText
    bearers: Bearers
    closed: Callable[[Title], Title]

    def next_to(self, title: Title) -> Title | None:
        """The title that shares the head of another, or its bearer's place."""
        return self._sharing(title) or self._second(title)

    def _second(self, title: Title) -> Title | None:
        """ "The two ministers of foreign affairs and defence of X, A and B": the title again, with who is joined to its bearer."""
        head = {word.removeprefix("ال") for _, word in unclitic(self.text.folded(title.first))}
        if title.name is None or not (title.of or title.of_name is not None) or not head & _TWO_OR_MORE:
            return None
        k = self.text.names[title.name].last
        if not self.text.is_person(k) or not self.text.separated(k) or not self.text.folded(k).startswith("و"):
            return None
        other = self.text.names[self.text.name_at[k]]
        cut = self.text.text[self.text.words[k].start : other.span.start]
        return replace(title, first=k, last=k, name=self.text.name_at[k], portfolio="", span=other.span) if cut == "و" else None

    def _sharing(self, title: Title) -> Title | None:
        """A title that shares the head of `title`: و + nisba or country, as in "the presidents of X, A, and of Y, B"."""
        after = self.text.names[title.name].last if title.name is not None else title.last
        if after >= len(self.text.words) or not self.text.separated(after) or not self.text.folded(after).startswith("و"):
            return None
        first = self.text.folded(after)[1:]
        found = self.text.lexicon.nisbas.at(self.text.words, after, first=first)
        if found and first.startswith("ال"):
            of, last, cut = found[0], found[1], 1
        elif not title.definite and (number := self.text.name_at.get(after)) is not None:
            name = self.text.names[number]
            if name.type != EntityType.COUNTRY or len(name.ids) != 1 or name.span.start == self.text.words[after].start:
                return None
            of, last, cut = name.ids[0], name.last, name.span.start - self.text.words[after].start
        else:
            return None
        span = Span(self.text.words[after].start + cut, self.text.words[last - 1].end)
        shared = replace(
            title, first=after, last=last, of=of, of_name=None, name=None, former=False, span=span,
            text=self.text.text[span.start : span.end],
        )  # fmt: skip
        shared = self.closed(shared)
        bearer = self.bearers.bearer(shared)
        if bearer is None and title.name is not None:
            return None
        return replace(shared, name=bearer)
