"""What the words say of lands: capitals and seats of provinces, borders, neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.wordclasses import shipped
from kg.model import Article, Claim, Entities, EntityType, Origin
from kg.reference import Reference
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("standing")
CAPITAL = _WORDS["capital"]
PLACE_HEADS = _WORDS["place_heads"]
_NEIGHBOURING = _WORDS["neighbouring"]
_PROVINCES = _WORDS["provinces"]
_HER_NEIGHBOUR = {"جارت", "جاره", "الجاره"}
_KOREAS = {"ref:north_korea": "ref:south_korea", "ref:south_korea": "ref:north_korea"}
_LANDS = {EntityType.PLACE, EntityType.COUNTRY}


@dataclass(frozen=True)
class Lands:
    """Reads the capitals and borders of one article."""

    article: Article
    entities: Entities
    reading: Reading
    reference: Reference

    def claims(self) -> Iterator[Claim]:
        """All of them."""
        yield from self.capitals()
        yield from self.seats()
        yield from self.frontiers()
        yield from self.shared_frontiers()
        yield from self.neighbours()
        yield from self.other_korea()

    def capitals(self) -> Iterator[Claim]:
        """Capitals: "the Afghan capital Kabul", "Seoul, the capital of South Korea"."""
        r = self.reading
        for unit in r.units:
            country = self.reference.capitals.get(unit.key.removeprefix("ref:"))
            if not country or unit.adjective or not self._by_name(unit):
                continue
            near = range(max(0, unit.first - 3), min(len(r.doc), unit.last + 4))
            if not any(r.norm(k) in CAPITAL and not self._between(k, unit) for k in near):
                continue
            if self._names_country(country):
                k = next(k for k in near if r.norm(k) in CAPITAL)
                yield Claim(
                    self.article.id, unit.key, "capital_of", f"ref:{country}", "capital-01", 0.9, self.reading.sentence(unit.span),
                    subject_span=unit.span, trigger=r.span(k, k + 1),
                )  # fmt: skip

    def seats(self) -> Iterator[Claim]:
        """ "Zinjibar, the capital of the province of Abyan" lies in it, as no state has it for a capital."""
        r = self.reading
        for unit in r.units:
            k = unit.last + (unit.last < len(r.doc) and r.doc[unit.last].text in {"،", ","})
            if unit.adjective or unit.type is not EntityType.PLACE or r.norm(k) != "عاصمه" or r.norm(k + 1) not in _PROVINCES:
                continue
            whole = r.unit_at.get(k + 2) or r.unit_at.get(k + 1)
            if whole and whole.type is EntityType.PLACE and whole.key != unit.key and not whole.adjective:
                yield self._told(unit, "part_of", whole, "part_of-07", k)

    def frontiers(self) -> Iterator[Claim]:
        """ "X has a (long) border with Y": لمحافظة س حدود مع ص."""
        r = self.reading
        for k in range(len(r.doc)):
            if r.norm(k) not in {"حدود", "حدودا"}:
                continue
            one = r.unit_at.get(k - 1)
            lead = one.first - 1 if one else 0
            while one and r.norm(lead) in PLACE_HEADS:
                lead -= 1
            has = one is not None and (r.norm(lead) == "ل" or one.prefix == "ل")
            far = next((m for m in range(k + 1, min(k + 5, len(r.doc))) if r.norm(m) == "مع"), None)
            other = (r.unit_at.get(far + 1) or r.unit_at.get(far + 2)) if has and far else None
            if one and other and other.key != one.key and all(u.type in _LANDS and not u.adjective for u in (one, other)):
                yield self._told(one, "borders", other, "borders-04", k)

    def _told(self, one: Unit, relation: str, other: Unit, rule: str, k: int) -> Claim:
        """The claim that the word at token `k` makes of the two."""
        r = self.reading
        return Claim(
            self.article.id, one.key, relation, other.key, rule, 0.85, r.sentence(one.span),
            subject_span=one.span, trigger=r.span(k, k + 1),
        )  # fmt: skip

    def shared_frontiers(self) -> Iterator[Claim]:
        """ "Near the border with Y", where the words before name one other state: its border."""
        r = self.reading
        for k in range(1, len(r.doc) - 2):
            if r.norm(k) not in {"الحدود", "حدود"}:
                continue
            far = next((m for m in range(k + 1, min(k + 4, len(r.doc))) if r.norm(m) == "مع"), None)
            other = (r.unit_at.get(far + 1) or r.unit_at.get(far + 2)) if far else None
            between = any(r.unit_at.get(m) is not None for m in range(k + 1, far or k))
            if other is None or between or other.type is not EntityType.COUNTRY or other.adjective or other.organ:
                continue
            begin = r.bounds(k)[0]
            if r.pos(k + 1) == "PRON":
                owner = r.antecedent(k + 1)
                states = {owner.key} if owner and owner.type is EntityType.COUNTRY else set()
            else:
                states = {s for u in r.units if begin <= u.first < k for s in self._states(u)}
            beyond = [u for u in r.group(other, r.bounds(k)[1])[0] if u.type is EntityType.COUNTRY]
            for one, far_state in ((one, u) for one in states for u in beyond if len(states) == 1):
                if one != far_state.key:
                    yield Claim(
                        self.article.id, one, "borders", far_state.key, "borders-05", 0.75, r.sentence(far_state.span),
                        object_span=far_state.span, trigger=r.span(k, k + 1),
                    )  # fmt: skip

    def neighbours(self) -> Iterator[Claim]:
        """ "Fled from X to neighbouring Y": where the words before name one other state."""
        r = self.reading
        for unit in r.units:
            if unit.type is not EntityType.COUNTRY or unit.adjective or unit.organ or r.norm(unit.last) not in _NEIGHBOURING or r.norm(unit.last + 1) == "ل":
                continue
            begin = r.bounds(unit.first)[0]
            named = (u for u in r.units if begin <= u.first < unit.first and u.type in _LANDS)  # not by a company or a bank of it
            states = {s for u in named for s in self._states(u)} - {unit.key}
            following = r.unit_at.get(unit.last + 1)
            for one in states if len(states) == 1 and not (following and following.prefix == "ل") else ():
                yield Claim(
                    self.article.id, one, "borders", unit.key, "borders-06", 0.7, r.sentence(unit.span),
                    object_span=unit.span, trigger=r.span(unit.last, unit.last + 1),
                )  # fmt: skip

    def other_korea(self) -> Iterator[Claim]:
        """ "Its southern neighbour", that has no other name there: of the two Koreas."""
        for unit in self.reading.units:
            other = _KOREAS.get(unit.key)
            words = {self.reading.norm(k).removeprefix("و") for k in range(unit.first, unit.last)}
            if other and words & _HER_NEIGHBOUR:
                yield Claim(
                    self.article.id, other, "borders", unit.key, "borders-11", 0.85, self.reading.sentence(unit.span),
                    object_span=unit.span, trigger=unit.span,
                )  # fmt: skip

    def _states(self, unit: Unit) -> Iterator[str]:
        """The states that a unit names or stands for."""
        thing = self.reference.things.get(unit.key.removeprefix("ref:"))
        if unit.type is EntityType.COUNTRY:
            yield from (unit.key, *unit.also)
        elif thing and thing.country and thing.type in {EntityType.ORGANIZATION, EntityType.PLACE}:
            yield f"ref:{thing.country}"

    def _by_name(self, unit: Unit) -> bool:
        """The unit holds the name of the city, or a name stands right behind it: not only the words "the capital of"."""
        r = self.reading
        named = any(m.key == unit.key and m.span in unit.extent and m.origin is not Origin.REFERENCE for m in self.entities.mentions)
        behind = any((u := r.unit_at.get(k)) and u.key == unit.key for k in range(unit.last, unit.last + 2))
        return named or behind or r.pos(unit.last) in {"X", "PROPN"}

    def _between(self, k: int, unit: Unit) -> bool:
        """True when another city stands between the word "capital" and the unit, or a full stop."""
        r = self.reading
        middle = range(k + 1, unit.first) if k < unit.first else range(unit.last, k)
        stopped = any(r.doc[m].text in {".", ":"} or r.pos(m) in {"VERB", "ADP"} for m in middle)
        others = (u for m in middle if (u := r.unit_at.get(m)) is not None)
        return stopped or any(u.type is EntityType.PLACE and u.key != unit.key for u in others)

    def _names_country(self, country: str) -> bool:
        key, capital = f"ref:{country}", f"the capital of {country}"
        mentions = (*self.entities.mentions, *self.entities.adjectives)
        return any(m.key == key or (m.note == capital and " " in m.text) for m in mentions)
