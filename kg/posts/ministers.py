"""Ministers in a text: "the minister of finance of X", "minister for …", portfolios that no list knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import EntityType, Title
from kg.posts.titletext import TitleText
from kg.posts.wholes import Wholes


@dataclass(frozen=True)
class Ministers:
    """Reads the portfolios of one text."""

    text: TitleText
    wholes: Wholes

    def read(self, t: Title) -> Title | None:
        """The title with its portfolio and its state."""
        t = replace(t, office="minister")
        if found := self._portfolio(t):
            t = replace(t, last=found[1], portfolio=found[0], definite=t.definite or self.text.folded(t.last).startswith(("ال", "لل")))
            t = self._more_portfolios(t)
        of = self.wholes.of(t) or (self.wholes.state_within(t) if found else None)
        if of is None and (found or not t.definite):
            skipped = self._unknown_portfolio(t)
            if of := self.wholes.of(skipped):
                t = replace(skipped, portfolio=t.portfolio or "other")
            elif not found:
                t = replace(skipped, portfolio="other")
                if t.last == t.first + 1 or not self._bears(t):
                    return None
        if of and of.type is EntityType.ORGANIZATION:
            t = replace(t, office="official")  # the European foreign minister
        return self.wholes.placed(t, of) if of else t if t.definite else None

    def _bears(self, t: Title) -> bool:
        """A person stands right behind the title, or behind a comma or a rank."""
        k = t.last + (self.text.folded(t.last) in self.text.lexicon.ranks)
        return self.text.is_person(k) and self.text.separated(k)

    def _portfolio(self, t: Title) -> tuple[str, int] | None:
        """The portfolio behind "minister", also behind "for": وزيرا للخارجية."""
        word = self.text.folded(t.last)
        if t.definite or not word.startswith("ل") or self.text.folded(t.first)[-1:] != "ا":
            return self.text.lexicon.portfolios.at(self.text.words, t.last)
        rest = f"ال{word[2:]}" if word.startswith("لل") else word[1:]
        return self.text.lexicon.portfolios.at(self.text.words, t.last, first=rest) if t.last < len(self.text.words) else None

    def _more_portfolios(self, t: Title) -> Title:
        """"… of foreign affairs and defence": further portfolios joined by و."""
        word = self.text.folded(t.last)
        if word.startswith("وال") and (more := self.text.lexicon.portfolios.at(self.text.words, t.last, first=word[1:])):
            return replace(t, last=more[1])
        return t

    def _unknown_portfolio(self, t: Title) -> Title:
        """The words of a portfolio that the lexicon does not know, or of another one joined to it: definite ones, the first of
        them behind a noun that governs it (affairs of …)."""
        last = t.last
        while last < min(t.last + 5, len(self.text.words)) and self.text.words[last].joins and last not in self.text.name_at:
            word = self.text.folded(last).removeprefix("و")
            governs = last == t.last and not t.portfolio and not word.startswith(("ل", "ب", "في")) and self.text.folded(last + 1).startswith("ال")
            if not (word.startswith("ال") or governs) or self.wholes.nisba(last, True) or word in self.text.lexicon.ranks:
                break
            if self.text.lexicon.head_classes(self.text.words, last):
                break
            last += 1
        return replace(t, last=last, definite=True)
