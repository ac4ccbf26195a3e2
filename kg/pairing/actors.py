"""Who acts: the states that persons and organs stand for, and what an entity counts as where a type is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kg.arabic import fold
from kg.inventory import Relation
from kg.model import Article, Entities, EntityType
from kg.reference import Reference, Thing
from kg.syntax.clauses import Unit

_STATE_ORGANS = {"ministry", "army", "government", "presidency", "police"}
_HOME_OFFICES = {"head_of_state", "head_of_government", "minister", "official"}
_STATE_OFFICES = {"head_of_state", "head_of_government", "minister"}
# What nobody does to the state that he stands for, nor it to him, as these rules could read it.
_FOREIGN_ONLY = {
    "visited", "attacked", "threatens", "supports", "aids", "sanctioned", "met_with", "spoke_with", "accused", "agreed_with",
    "cooperates_with", "negotiated_with", "conflict_with", "deployed_to", "intervened_in", "controls", "warned", "called_on", "denied_accusation_of", "opposes",
}  # fmt: skip
# Capitals by which a union is called that has its seat there.
_SEATED = {"ref:brussels": ("european_union", "nato"), "ref:addis_ababa": ("african_union",)}
# Cities that are no capital in the reference data and by which a state is called.
_SEATS = {"ref:tel_aviv": "israel"}
# What an article is about that has to do with a union.
_MATTERS = {"european_union": ("ref:brexit",)}
# Organisations that a state may be at odds with though they are at home there.
_OF_ITS_OWN = {"ngo", "party", "company", "media", "news_agency", "religious", "union", "movement"}
# Relations whose object stays the organ that is named.
_OWN_NAME = {"bans", "part_of", "member", "leader_of", "spokesperson_of", "official_of"}


# Deeds of states and bodies that a spokesperson announces and does not do.
_OF_STATES = {"sanctioned", "attacked", "bans", "controls", "deployed_to", "withdrew_from", "intervened_in", "detained"}
# Deeds of armies, which the president who orders them does for his state.
_ONLY_OF_STATES = {"intervened_in", "deployed_to"}


@dataclass(frozen=True)
class Actors:
    """The entities of one article as actors."""

    article: Article
    entities: Entities
    reference: Reference
    _homes: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _kinds(self) -> dict[str, EntityType]:
        return {e.key: e.type for e in self.entities.entities}

    def as_(self, key: str, types: frozenset[EntityType], unit: Unit | None = None, relation: str = "") -> str | None:
        """The key to use for an entity where `types` are wanted: itself, or the state that it stands for."""
        if relation in _OF_STATES and (of := self._voice_of(key)):
            key, unit = of, None
        if relation in _ONLY_OF_STATES and EntityType.PERSON in types and self.person(key) and (home := self.home(key)):
            return home
        thing = self.reference.things.get(key.removeprefix("ref:")) if key.startswith("ref:") else None
        kind = thing.type if thing else unit.type if unit else self._kinds.get(key)
        organ = thing and thing.type is EntityType.ORGANIZATION and thing.kind in _STATE_ORGANS and thing.country
        if organ and EntityType.COUNTRY in types and relation not in _OWN_NAME:
            return f"ref:{thing.country}" if thing else None
        if kind in types:
            return key
        if unit and unit.inside and EntityType.ORGANIZATION in types:
            return unit.inside[0]
        if unit and kind is EntityType.EVENT and relation == "intervened_in" and (land := self._land_of(unit, thing)):
            return land
        country = self.reference.capitals.get(key.removeprefix("ref:")) or _SEATS.get(key)
        if country and EntityType.COUNTRY in types and EntityType.ORGANIZATION in types and (seated := self._seated(key, country)):
            return seated
        return f"ref:{country}" if country and EntityType.COUNTRY in types else None

    def _land_of(self, unit: Unit, thing: Thing | None) -> str:
        """The state whose the event is: the American elections, the Syrian civil war."""
        if unit.states or thing is None:
            return unit.states[0].key if len(unit.states) == 1 else ""
        named = {self.reference.demonyms[word] for name in thing.names for word in fold(name).split() if word in self.reference.demonyms}
        return f"ref:{named.pop()}" if len(named) == 1 else ""

    def _seated(self, key: str, country: str) -> str:
        """Who is meant by a capital that is the seat of a union, where the article names that and not the state: Brussels."""
        if f"ref:{country}" in self._kinds:
            return ""
        named = [f"ref:{body}" for body in _SEATED.get(key, ()) if self._kinds.keys() & {f"ref:{body}", *_MATTERS.get(body, ())}]
        return named[0] if named else ""

    def own(self, one: str, other: str, relation: Relation) -> bool:
        """The one stands for the other: his state, its capital."""
        if relation.name == "warned" and other in self._spoken_for(one):
            return True
        return relation.name in _FOREIGN_ONLY and (other in self.states_of(one) or one in self.states_of(other))

    def _voice_of(self, key: str) -> str:
        """Whom a spokesperson speaks for, whose deeds he tells: «أعلنت المتحدثة فرض عقوبات»."""
        of = {p.of for p in self.entities.posts if p.person == key and p.office == "spokesperson" and not p.former}
        return next(iter(of)) if len(of) == 1 else ""

    def _spoken_for(self, person: str) -> frozenset[str]:
        """Whom a spokesperson speaks for, and the states of those."""
        of = {p.of for p in self.entities.posts if p.person == person and p.office == "spokesperson" and not p.former}
        states = frozenset().union(*(self.states_of(key) for key in of))
        capitals = {f"ref:{c}" for c, country in self.reference.capitals.items() if f"ref:{country}" in of}
        return frozenset(of | states | capitals)

    def states_of(self, key: str) -> frozenset[str]:
        """The states that a person or an organisation stands for, with their capitals: by posts that the article states, by
        the offices that the reference data has for the day."""
        if key not in self._homes:
            self._homes[key] = self._states_of(key)
        return self._homes[key]

    def _states_of(self, key: str) -> frozenset[str]:
        thing = self.reference.things.get(key.removeprefix("ref:"))
        states = {p.of for p in self.entities.posts if p.person == key and p.office in _STATE_OFFICES and not p.former}
        if thing and thing.type is EntityType.PERSON:
            day = self.article.published
            held = self.reference.posts(thing.id, day) if day else self.reference.by_person.get(thing.id, ())
            states |= {f"ref:{row.of}" for row in held if row.office in _STATE_OFFICES or row.office == "official"}
        elif thing and thing.type is EntityType.ORGANIZATION and thing.country and thing.kind not in _OF_ITS_OWN:
            states.add(f"ref:{thing.country}")
        capitals = {f"ref:{c}" for c, country in self.reference.capitals.items() if f"ref:{country}" in states} if states else set()
        return frozenset(states | capitals)

    def home(self, key: str) -> str:
        """The one state that a person stands for; empty where there is none or more than one."""
        posts = {p.of for p in self.entities.posts if p.person == key and p.office in _HOME_OFFICES and self._country(p.of)}
        states = posts or {s for s in self.states_of(key) if self._country(s)}
        return next(iter(states)) if len(states) == 1 else ""

    def _country(self, key: str) -> bool:
        thing = self.reference.things.get(key.removeprefix("ref:"))
        return thing is not None and thing.type is EntityType.COUNTRY

    def person(self, key: str) -> bool:
        """The entity of a key is a person, by the reference data or as its mentions have it."""
        thing = self.reference.things.get(key.removeprefix("ref:"))
        return (thing.type if thing else self._kinds.get(key)) is EntityType.PERSON

    def countries(self, place: str) -> frozenset[str]:
        """The state that a place lies in, or that it is."""
        thing = self.reference.things.get(place.removeprefix("ref:"))
        return frozenset({f"ref:{thing.country}" if thing.country else place}) if thing else frozenset()

    def foreign(self, person: str, place: str) -> bool:
        """The place is known to lie in another state than the one that the person stands for."""
        thing = self.reference.things.get(place.removeprefix("ref:"))
        home = self.states_of(person)
        country = thing.country if thing and thing.country else place.removeprefix("ref:")
        return bool(home) and f"ref:{country}" not in home and thing is not None
