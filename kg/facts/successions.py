"""Who held a post before another: "(Trump and) his predecessor X", "the predecessor of May, X", "Y in succession to X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.inventory import RELATIONS
from kg.language.wordclasses import shipped
from kg.model import Article, Claim, Entities, EntityType
from kg.pairing.actors import Actors
from kg.reference import Reference
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("standing")
_PREDECESSOR = _WORDS["predecessor"]
_HIS = _WORDS["his_predecessor"]
_SUCCEEDING = _WORDS["succeeding"]
# Adjectives and titles between the word and the name.
_REACH = 4


@dataclass(frozen=True)
class Successions:
    """Reads the predecessors of one article: each held the post that is told or known of who came after."""

    article: Article
    entities: Entities
    reading: Reading
    reference: Reference
    actors: Actors

    def claims(self) -> Iterator[Claim]:
        """All of them."""
        r = self.reading
        for k in range(len(r.doc)):
            if k in r.unit_at:
                continue
            if r.norm(k) in _SUCCEEDING and (one := self._person(k + 1)):
                yield from self._before(self._persons(k, r.bounds(k)[0]), one, k)
            elif r.norm(k) in _HIS or (r.norm(k) in _PREDECESSOR and r.owned(k)):
                at = k + 1 + (r.norm(k) not in _HIS)
                if one := self._person(at):
                    yield from self._before([*self._antecedents(at - 1), *self._persons(k, 0)], one, k)
            elif r.norm(k) in _PREDECESSOR and (after := r.unit_at.get(k + 1)) and after.type is EntityType.PERSON and (one := self._person(after.last)):
                yield from self._before([after], one, k)

    def _person(self, k: int) -> Unit | None:
        """The person who is named at token `k`, behind adjectives and a preposition."""
        r = self.reading
        for at in range(k, min(k + _REACH, len(r.doc))):
            if unit := r.unit_at.get(at):
                if unit.type is EntityType.PERSON and not unit.adjective:
                    return unit
                if not unit.adjective:
                    return None
            elif r.pos(at) not in {"ADJ", "ADP", "NOUN"} and r.doc[at].text not in {"،", ","}:
                return None
        return None

    def _persons(self, k: int, begin: int) -> list[Unit]:
        """The persons before token `k`, the nearest first."""
        return [u for u in reversed(self.reading.units) if begin <= u.first and u.last <= k and u.type is EntityType.PERSON]

    def _antecedents(self, k: int) -> list[Unit]:
        return [u for u in self.reading.antecedents(k) if u.type is EntityType.PERSON]

    def _before(self, later: list[Unit], one: Unit, k: int) -> Iterator[Claim]:
        """The post of the first of `later` that the reference data knows `one` to have held, too, or that the text tells of the
        first, where it knows no post of `one`'s."""
        held = {(row.office, f"ref:{row.of}", row.portfolio) for row in self.reference.by_person.get(one.key.removeprefix("ref:"), ())}
        for unit in later:
            if unit.key == one.key:
                continue
            told = [(p.office, p.of, p.portfolio) for p in self.entities.posts if p.person == unit.key and p.of and f"{p.office}_of" in RELATIONS]
            known = [(row.office, f"ref:{row.of}", row.portfolio) for row in self.reference.by_person.get(unit.key.removeprefix("ref:"), ())]
            posts = [p for p in (*told, *known) if p in held and self._named(p[1])] if held else told
            if posts:
                office, of, portfolio = posts[0]
                yield from self._claim(one, office, of, portfolio, k)
                return
            if not held:
                return

    def _named(self, key: str) -> bool:
        """The article names what the post is of."""
        return any(m.key == key for m in (*self.entities.mentions, *self.entities.adjectives)) or any(p.of == key for p in self.entities.posts)

    def _claim(self, one: Unit, office: str, of: str, portfolio: str, k: int) -> Iterator[Claim]:
        r, relation = self.reading, RELATIONS[f"{office}_of"]
        whole = self.actors.as_(of, relation.range, relation="leader_of" if office == "leader" else "")
        if whole is not None and whole != one.key:
            yield Claim(
                self.article.id, one.key, relation.name, whole, "post-predecessor", 0.85, r.sentence(one.span),
                subject_span=one.span, trigger=r.span(k, k + 1), portfolio=portfolio, former=True,
            )  # fmt: skip
