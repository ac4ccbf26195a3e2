"""Spokesmen in a text: whose they are, with or without "in the name of"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.language.wordclasses import shipped
from kg.model import Title
from kg.posts.titletext import TitleText
from kg.posts.wholes import Wholes

_WORDS = shipped("titlewords")
# What a person has that has a spokesman.
_OF_PERSONS = _WORDS["with_spokesmen"]
_MINISTRY = _WORDS["ministry"]
# Powers of a state without its adjective: of which state is told by what the article is about.
_POWERS = _WORDS.phrases("branches_of_state")


@dataclass(frozen=True)
class Spokesmen:
    """Reads the spokesmen of one text; `title_at` reads the title at a word."""

    text: TitleText
    wholes: Wholes
    title_at: Callable[[int], Title | None]

    def read(self, t: Title) -> Title | None:
        """The title with whom it speaks for."""
        t = self.wholes.modifiers(replace(t, office="spokesperson"))
        if self.text.folded(t.last) in _WORDS["in_the_name"]:
            return self._spoken_for(replace(t, last=t.last + 1))
        if self.text.folded(t.last) in _WORDS["spokesman_kinds"]:
            t = replace(t, last=t.last + 1)
        of = self.wholes.of(replace(t, definite=True)) or self.wholes.of(t)
        return self.wholes.placed(t, of) if of else t if t.definite else None

    def _spoken_for(self, t: Title) -> Title:
        if inner := self.title_at(t.last):
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name)
        organ = self.text.lexicon.organs.at(self.text.words, t.last)
        if t.last not in self.text.name_at and organ:
            inner_of = self.wholes.of(replace(t, last=organ[1], definite=True)) or self.wholes.named_before(replace(t, last=organ[1]))
            if inner_of is None and self.text.folded(organ[1] - 1) in _MINISTRY:
                inner_of = self.wholes.behind_nouns(organ[1] - 1)
            moved = replace(t, last=organ[1])
            return self.wholes.placed(moved, inner_of) if inner_of else moved
        if (power := self.text.phrase(t.last, _POWERS)) and t.last not in self.text.name_at:
            return replace(t, last=power)
        if (person := self._person_spoken_for(t.last)) is not None:
            name = self.text.names[person]
            return replace(t, last=name.last, of=name.ids[0] if len(name.ids) == 1 else "", of_name=None if len(name.ids) == 1 else person)
        if of := self.wholes.of(t) or self.wholes.behind_noun(t) or self.wholes.named_before(t):
            return self.wholes.placed(t, of)
        own = self.text.folded(t.last) in self.text.lexicon.bodies or organ is not None or self.text.lexicon.references.at(self.text.words, t.last) is not None
        return replace(t, last=t.last + 1, office=t.office if own else "") if self.text.folded(t.last).startswith("ال") else t

    def _person_spoken_for(self, k: int) -> int | None:
        """ "The spokesman of (the office of) X": the number of the name of a person who has a spokesman."""
        k += self.text.folded(k) in _OF_PERSONS and k not in self.text.name_at
        return self.text.name_at[k] if self.text.is_person(k) and self.text.words[k].joins else None
