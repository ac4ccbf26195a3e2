"""Whose a title is when it says so by a pronoun: "its president", "his defence minister".

The owner is the nearest thing named before that agrees in gender and can have such an officer; where the reference data knows
the bearer of the title in such a post, the thing that it knows him to serve is taken before a nearer one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import EntityType, Title
from kg.reference import Reference

# The pronouns on a title: his (or its), her (or its), their.
PRONOUNS = ("ه", "ها", "هم")
# Words before a title in which its owner is looked for.
REACH = 45
# What a plural can refer to: the people of a party, a movement, a group.
_PEOPLE = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_HEADS = ("head_of_state", "head_of_government")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something named before a title: the word after it, its id (empty where the reference data has none), the number of
    its name, its type, whether it is feminine (None: unknown), and, for a person, the state that he stands for."""

    last: int
    id: str
    name: int | None
    type: EntityType
    feminine: bool | None
    state: str = ""


@dataclass(frozen=True)
class Owners:
    """Finds the owners of titles among candidates in the order of the text."""

    reference: Reference
    day: dt.date

    def placed(self, title: Title, bearer: str, candidates: Sequence[Candidate]) -> Title:
        """The title with what it is of; unchanged where nothing fits, or where the bearer is known to hold such an office of
        something else. `bearer` is the id of who bears it, or empty."""
        fits = [fit for c in self._near(title, candidates) if (fit := self._as_owner(title, c))]
        rows = self.reference.by_person.get(bearer, ())
        if served := next((fit for fit in fits if fit.of in {row.of for row in rows}), None):
            return served
        elsewhere = any(row.office == title.office and row.office in _HEADS for row in rows)
        return fits[0] if fits and not elsewhere else title

    def _near(self, title: Title, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        feminine, plural = title.owner[0] == "ها", title.owner[0] == "هم"
        for candidate in reversed(candidates):
            if not title.first - REACH <= candidate.last <= title.first:
                continue
            agrees = candidate.type in _PEOPLE if plural else candidate.feminine is feminine or (candidate.feminine is None and self._may_be(candidate, feminine))
            if agrees:
                yield candidate

    def _may_be(self, candidate: Candidate, feminine: bool) -> bool:
        """Of unknown gender: a person is taken for a man, anything else for either."""
        return not feminine if candidate.type is EntityType.PERSON else True

    def _as_owner(self, title: Title, c: Candidate) -> Title | None:
        """The title with the candidate as its owner, where such an office can be of such a thing."""
        match c.type:
            case EntityType.COUNTRY:
                return self._of_state(title, c.id)
            case EntityType.PERSON:
                return self._of_person(title, c)
            case EntityType.PLACE:
                country = self.reference.capitals.get(c.id, "")
                return self._of_state(title, country) if country else None
            case EntityType.ORGANIZATION | EntityType.ARMED_GROUP:
                return self._of_body(title, c)
            case _:
                return None

    def _of_state(self, title: Title, state: str) -> Title:
        office = "official" if title.office == "leader" else title.office
        return replace(title, of=state, of_name=None, office=office)

    def _of_person(self, title: Title, c: Candidate) -> Title | None:
        """A man has ministers through the state that he heads; deputies, envoys and spokesmen are his own."""
        if title.office in {"minister", *_HEADS}:
            return self._of_state(title, c.state) if c.state else None
        if title.office == "leader":
            return None
        return replace(title, of=c.id, of_name=None if c.id else c.name)

    def _of_body(self, title: Title, c: Candidate) -> Title | None:
        """A government has ministers; any body has a head, a spokesman, officials."""
        thing = self.reference.things.get(c.id)
        if title.office in {"minister", "head_of_government"}:
            state = thing.country if thing and thing.kind in {"government", "presidency"} else ""
            return self._of_state(title, state) if state else None
        office = "leader" if title.office == "head_of_state" else title.office
        return replace(title, of=c.id, of_name=None if c.id else c.name, office=office)
