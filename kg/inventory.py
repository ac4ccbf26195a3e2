"""The closed inventory of relations: domain, range, symmetry. The ontology declares exactly these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import EntityType as T

ACTOR = frozenset({T.PERSON, T.COUNTRY, T.ORGANIZATION, T.ARMED_GROUP})
PLACE = frozenset({T.PLACE, T.COUNTRY})
ANY = frozenset(T)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: what its subject and object may be, and whether it holds both ways."""

    name: str
    domain: frozenset[T]
    range: frozenset[T]
    symmetric: bool = False


def _of(*types: T) -> frozenset[T]:
    return frozenset(types)


RELATIONS: Mapping[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation("head_of_state_of", _of(T.PERSON), _of(T.COUNTRY)),
        Relation("head_of_government_of", _of(T.PERSON), _of(T.COUNTRY)),
        Relation("minister_of", _of(T.PERSON), _of(T.COUNTRY)),
        Relation("spokesperson_of", _of(T.PERSON), ACTOR),
        Relation("leader_of", _of(T.PERSON), _of(T.ORGANIZATION, T.ARMED_GROUP, T.PLACE, T.COUNTRY)),
        Relation("official_of", _of(T.PERSON), _of(T.COUNTRY, T.ORGANIZATION, T.PERSON)),
        Relation("member", _of(T.ORGANIZATION), _of(T.COUNTRY, T.ORGANIZATION, T.PERSON)),
        Relation("part_of", _of(T.ORGANIZATION, T.PLACE, T.COUNTRY), _of(T.ORGANIZATION, T.PLACE, T.COUNTRY)),
        Relation("capital_of", PLACE, _of(T.COUNTRY)),
        Relation("borders", PLACE, PLACE, True),
        Relation("child_of", _of(T.PERSON), _of(T.PERSON)),
        Relation("relative_of", _of(T.PERSON), _of(T.PERSON), True),
        Relation("spoke_with", ACTOR, ACTOR, True),
        Relation("met_with", ACTOR, ACTOR, True),
        Relation("visited", _of(T.PERSON), PLACE),
        Relation("negotiated_with", ACTOR, ACTOR, True),
        Relation("invited", ACTOR, ACTOR),
        Relation("participated_in", ACTOR, _of(T.EVENT)),
        Relation("agreed_with", ACTOR, ACTOR, True),
        Relation("cooperates_with", ACTOR, ACTOR, True),
        Relation("aids", ACTOR, ACTOR),
        Relation("supports", ACTOR, ACTOR),
        Relation("expressed_concern_about", ACTOR, ANY),
        Relation("warned", ACTOR, ACTOR),
        Relation("called_on", ACTOR, ACTOR),
        Relation("accused", ACTOR, ACTOR),
        Relation("condemned", ACTOR, ACTOR),
        Relation("denied_accusation_of", ACTOR, ACTOR),
        Relation("opposes", ACTOR, ACTOR),
        Relation("threatens", ACTOR, ACTOR | PLACE),
        Relation("attacked", ACTOR, ACTOR | PLACE),
        Relation("conflict_with", ACTOR, ACTOR, True),
        Relation("protested_against", ACTOR, ACTOR),
        Relation("detained", ACTOR, _of(T.PERSON, T.ARMED_GROUP)),
        Relation("sanctioned", ACTOR, ACTOR),
        Relation("bans", _of(T.COUNTRY, T.ORGANIZATION), ACTOR),
        Relation("controls", ACTOR, PLACE),
        Relation("active_in", _of(T.ARMED_GROUP, T.ORGANIZATION), PLACE),
        Relation("deployed_to", ACTOR, PLACE),
        Relation("withdrew_from", ACTOR, PLACE | _of(T.ORGANIZATION, T.AGREEMENT)),
        Relation("left", _of(T.PERSON), PLACE),
        Relation("travelled_to", _of(T.PERSON), PLACE),
        Relation("intervened_in", ACTOR, PLACE),
    )
}
