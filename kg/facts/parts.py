"""What is part of what: bodies of bodies, places in places and states, institutions in a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.arabic import fold
from kg.facts.lands import CAPITAL, PLACE_HEADS
from kg.language.particles import COMMAS
from kg.language.wordclasses import shipped
from kg.model import Article, Claim, EntityType, Span
from kg.reference import Reference
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("standing")
# Words at the head of the names of bodies that are part of another.
_BODIES = _WORDS["bodies"]
# Heads of the names of institutions that stand in a place, of places, and what tells where in a place something lies.
_HOUSES = _WORDS["houses"]
_SIDED = _WORDS["sided"]
_ON_A_SIDE = _WORDS["on_a_side"]
_SIDES = _SIDED | PLACE_HEADS | _WORDS["sorts"]
# What is said of a place before it is told where it lies, and how many words of it are walked over; sorts of places in the plural,
# and what says that there are others beside those named.
_SUPERLATIVES = _WORDS["superlatives"]
_SORTS_OF_PLACES = _WORDS["sorts_of_places"]
_OTHERS = _WORDS["others"]
_LYING = _WORDS["lying"]
_LIES = _WORDS["situated"]
_TOLD = 9
# Who governs a state is no part of it.
_GOVERNMENTS = {"government", "presidency"}
_LAND = _WORDS["land"]
# Kinds of places that no state holds.
_WIDE = {"sea", "continent", "region", "ocean", "river", "strait"}
_IN = _WORDS["in"]
# Kinds of places that lie in others, and that others lie in.
_SMALL, _LARGE = {"city", "district", "site", "base", "border_crossing"}, {"province", "region", "area"}
# Bodies that have a home and are no organ of it.
_FREE = {"company", "party"}
# Whom one talks to.
_OUTLETS = {"media", "news_agency"}


@dataclass(frozen=True)
class Parts:
    """Reads the parts of one article."""

    article: Article
    reading: Reading
    reference: Reference

    def claims(self) -> Iterator[Claim]:
        """ "The Security Council of the United Nations", "the Afghan province of Panjshir", "Mersin in the south of Turkey"."""
        r = self.reading
        for unit in r.units:
            thing = self.reference.things.get(unit.key.removeprefix("ref:"))
            if unit.adjective or unit.organ:
                continue
            if body := self._body_of(unit):
                yield Claim(
                    self.article.id, unit.key, "part_of", body.key, "part_of-04", 0.8, self.reading.sentence(unit.span),
                    subject_span=unit.span, trigger=body.span,
                )  # fmt: skip
            if unit.type is EntityType.PLACE or self._house_of(unit):
                for whole, trigger in self._around(unit):
                    if self._may_lie_in(unit.key, whole) and not self._told_capital(unit, whole):
                        yield Claim(
                            self.article.id, unit.key, "part_of", whole, "part_of-06", 0.85, self.reading.sentence(unit.span),
                            subject_span=unit.span, trigger=trigger,
                        )  # fmt: skip
            if unit.type is EntityType.PLACE:
                for whole, trigger in self._with_others(unit):
                    yield Claim(
                        self.article.id, unit.key, "part_of", whole, "part_of-09", 0.85, self.reading.sentence(unit.span),
                        subject_span=unit.span, trigger=trigger,
                    )  # fmt: skip
            if not thing:
                continue
            for whole, trigger in self._wholes(unit):
                if self._is_part(thing.id, whole.removeprefix("ref:")):
                    yield Claim(
                        self.article.id, unit.key, "part_of", whole, "part_of-02", 0.9, self.reading.sentence(unit.span),
                        subject_span=unit.span, trigger=trigger,
                    )  # fmt: skip

    def _house_of(self, unit: Unit) -> bool:
        """A court, a prison, a museum: an institution that stands in a place."""
        head = {self.reading.norm(unit.first).removeprefix("ال"), self.reading.norm(unit.first - 1).removeprefix("ال")}
        return unit.type is EntityType.ORGANIZATION and bool(head & _HOUSES)

    def _around(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """The place or state that a place is told to lie in: "X in (the north, the province of) Y", "X (Y)", "the town of X in Y";
        for a place that the reference data does not know also "the Syrian town of X"."""
        r = self.reading
        k = unit.last
        if beyond := self._told_of(unit):
            yield beyond.key, beyond.span
        if before := self._told_before(unit):
            yield before.key, before.span
        following = r.unit_at.get(k)
        if following and following.adjective:
            if unit.key.startswith("place:") and r.norm(unit.first - 1) in PLACE_HEADS and following.type is EntityType.COUNTRY:
                yield following.key, following.span
            return
        opened = r.doc[k].text in {"(", "،"} if k < len(r.doc) else False
        bracket = opened and r.doc[k].text == "("
        k += opened
        within = bracket or r.norm(k) in {"في", "ب"}
        k += r.norm(k) in {"في", "ب"} and k not in r.unit_at
        if not opened and not within and (r.norm(k) in _SIDED or (following and following.prefix == "ب")):
            within = True
        aside = opened and not within and r.norm(k) in _SIDED | _ON_A_SIDE
        for at in range(k, min(k + 4, r.bounds(unit.first)[1])):
            other = r.unit_at.get(at)
            if other:
                inside = within or other.prefix == "ب" or (aside and self._wide(other))
                if inside and not other.adjective and not other.organ and other.type in {EntityType.PLACE, EntityType.COUNTRY}:
                    yield other.key, other.span
                return
            if r.norm(at) not in _SIDES and r.norm(at).removeprefix("ب") not in _SIDES:
                return

    def _wide(self, whole: Unit) -> bool:
        """A state, a province: what lies "in the west" of it lies in it, while "west of" a city is outside of it."""
        thing = self.reference.things.get(whole.key.removeprefix("ref:"))
        return whole.type is EntityType.COUNTRY or (thing is not None and thing.kind in _LARGE)

    def _with_others(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """ "X and Y in the province of Z", "X, Y and other cities of Z", "compared to the rest of Z": what several places lie in, where
        the reference data knows it of each or a word like "the cities of" stands before them."""
        r = self.reading
        group = [u for u in r.group(unit, r.bounds(unit.first)[1])[0] if u.type is EntityType.PLACE]
        last = group[-1]
        first = min((u.first for u in r.units if last in r.group(u, last.last)[0] and not u.adjective), default=unit.first)
        sorted_ = r.norm(first - 1).removeprefix("ال") in _SORTS_OF_PLACES
        told = [*self._rest(last)]
        if len(group) > 1:
            told += [*self._around(last), *self._wholes(last)]
        for whole, trigger in told:
            known = unit.key.startswith("ref:") and self._is_part(unit.key.removeprefix("ref:"), whole.removeprefix("ref:"))
            if (known or (sorted_ and self._may_lie_in(unit.key, whole))) and not self._told_capital(unit, whole):
                yield whole, trigger

    def _rest(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """What others beside a place are said to be of: "and other Iranian cities", "or other parts of Syria", "the rest of Russia"."""
        r = self.reading
        others = False
        for k in range(unit.last, min(unit.last + _TOLD, r.bounds(unit.first)[1])):
            other = r.unit_at.get(k)
            if other is None and (r.pos(k) == "VERB" or r.doc[k].text in {"،", ",", "."}):
                return
            others = others or r.norm(k) in _OTHERS
            if other is None:
                continue
            several = r.norm(k - 1).removeprefix("ال") in _SORTS_OF_PLACES
            after = r.norm(other.last) in _OTHERS
            if not other.organ and other.type in {EntityType.PLACE, EntityType.COUNTRY} and ((others and (several or not other.adjective)) or (several and after)):
                yield other.key, other.span
            return

    def _told_of(self, unit: Unit) -> Unit | None:
        """ "X, the last stronghold of the group in Y", "X, held by the rebels, in Y": the place behind what is said of X."""
        r = self.reading
        k = unit.last
        k += k < len(r.doc) and r.doc[k].text in {"،", ","}
        if k >= len(r.doc) or not ((r.norm(k) in _SUPERLATIVES and k > unit.last) or (r.norm(k) in _LYING and (k == unit.last or r.norm(k) in _LIES))):
            return None
        for at in range(k + 1, min(k + _TOLD, r.bounds(unit.first)[1])):
            if r.pos(at) == "VERB" or r.doc[at].text in {"،", ",", "."}:
                return None
            other = r.unit_at.get(at)
            of_sort = other is not None and other.adjective and r.norm(at - 1).removeprefix("ال") in _SORTS_OF_PLACES and r.norm(k) in _SUPERLATIVES
            if other is not None and of_sort and other.type is EntityType.COUNTRY:
                return other  # "the second largest of the Russian cities"
            if other is None or other.adjective or other.type not in {EntityType.PLACE, EntityType.COUNTRY}:
                continue
            lead = at - 1
            while r.norm(lead) in _SIDES:
                lead -= 1
            return other if not other.organ and r.norm(at) not in _LAND and (r.norm(lead) == "في" or other.prefix == "ب" or (lead == k and r.norm(k) in _SIDES)) else None
        return None

    def _told_before(self, unit: Unit) -> Unit | None:
        """ "In the north of Y, in the town of X": the wider place first."""
        r = self.reading
        k = unit.first - 1
        while r.norm(k) in PLACE_HEADS:
            k -= 1
        if r.norm(k) not in {"في", "ب"} or k == unit.first - 1:
            return None
        k -= 1
        while k > 0 and r.norm(k) in _WORDS["precisely"] | COMMAS | {"و"}:
            k -= 1
        other = r.unit_at.get(k)
        if other is None or other.adjective or other.organ or other.last != k + 1 or other.type not in {EntityType.PLACE, EntityType.COUNTRY}:
            return None
        lead = other.first - 1
        while r.norm(lead) in _SIDES:
            lead -= 1
        return other if r.norm(lead) in {"في", "ب"} or other.prefix == "ب" else None

    def _told_capital(self, unit: Unit, whole: str) -> bool:
        """The words say that the city is the capital of the state, which says more."""
        said = any(self.reading.norm(k) in CAPITAL for k in range(unit.first - 1, unit.last))
        return said and f"ref:{self.reference.capitals.get(unit.key.removeprefix('ref:'))}" == whole

    def _may_lie_in(self, part: str, whole: str) -> bool:
        """Nothing that the reference data knows speaks against it: another state, or that it is the other way round."""
        one, other = (self.reference.things.get(key.removeprefix("ref:")) for key in (part, whole))
        if part == whole or other is None:
            return part != whole and one is None and whole.startswith("place:")
        if one is None:
            return True
        if one.type is not EntityType.PLACE:
            return one.country in {"", other.id, other.country}
        if other.kind == "continent":
            return False
        state = other.id if other.type is EntityType.COUNTRY else other.country
        if (not one.country and one.kind in _WIDE) or (one.kind in _LARGE and other.kind in _SMALL):
            return False
        return (not one.country or not state or one.country == state) and not (one.id != other.id and self._is_part(other.id, one.id)) and other.part_of != one.id

    def _body_of(self, unit: Unit) -> Unit | None:
        """ "The defence committee in the Council": a committee, council, office with another body behind "in", "of"."""
        r = self.reading
        other = r.unit_at.get(unit.last) or (r.unit_at.get(unit.last + 1) if r.pos(unit.last) == "ADP" else None)
        if not other or other.adjective or {unit.type, other.type} != {EntityType.ORGANIZATION} or other.key == unit.key:
            return None
        thing = self.reference.things.get(other.key.removeprefix("ref:"))
        if thing and thing.kind in _OUTLETS and other.prefix == "ل":
            return None  # "(said) an officer of the office to Reuters"
        between = {r.norm(k) for k in range(unit.last, other.first)} | {other.prefix}
        first = r.norm(unit.first).removeprefix("ال")
        if unit.last - unit.first == 1:
            return None  # "the office in X" is where it stands
        return other if first in _BODIES and between & {"في", "ب", "ل", "لل"} else None

    def _wholes(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """What stands beside a unit as what it is part of: a nisba, "in X", "belonging to X", a name inside its name."""
        r = self.reading
        following = r.unit_at.get(unit.last)
        at = unit.last
        while following is None and r.pos(at) == "ADJ" and at < unit.last + 2:
            at += 1
            following = r.unit_at.get(at)
        if following and (following.adjective or (at == unit.last and self._named_like_an_adjective(unit, following))):
            yield following.key, following.span
        for k in range(unit.last, min(unit.last + 5, len(r.doc))):
            other = r.unit_at.get(k)
            if other and not other.adjective:
                between = {r.norm(m) for m in range(unit.last, k)} | {other.prefix}
                if between & _IN:
                    yield other.key, other.span
                break
            if r.doc[k].text in {".", "،", ","} or r.pos(k) == "VERB":
                break
        inside = self.article.cut(unit.span)
        for cue in (" التابع ل", " التابعة ل"):
            if cue in inside and (parent := self.reference.things[unit.key[4:]].part_of):
                at = unit.span.start + inside.index(cue) + 1
                yield f"ref:{parent}", Span(at, unit.span.end)

    def _named_like_an_adjective(self, unit: Unit, state: Unit) -> bool:
        """السعودية is an adjective and a name: right behind a place of that state."""
        thing = self.reference.things.get(unit.key.removeprefix("ref:"))
        own = thing is not None and state.key == f"ref:{thing.country}" and not state.organ and not state.prefix
        return own and fold(self.article.cut(state.span)).removeprefix("ال") in self.reference.demonyms

    def _is_part(self, part: str, whole: str) -> bool:
        """The reference data knows the part to be one of the whole; the text has to say it all the same."""
        thing = self.reference.things[part]
        if thing.type is EntityType.PLACE and whole == thing.country and thing.kind != "capital":
            return True
        if thing.type is EntityType.ORGANIZATION and whole == thing.country and not thing.part_of:
            return thing.kind not in _GOVERNMENTS | _OUTLETS | _FREE
        return bool(thing.part_of) and (whole == thing.part_of or self._is_part(thing.part_of, whole))
