"""Merges that are not sure: pairs of entities of a graph that may be one, with why, for a person to decide.

Nothing here changes the graph. What is compared: persons whose names are parts of one another or sound alike, other things
whose names are nearly the same; at least one of the two is unknown to the reference data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rdflib import URIRef

from kg.arabic import bare, fold
from kg.asking.lookup import Thing
from kg.identity import alike, parts, skeleton
from kg.store import Store
from kg.upkeep.decisions import Decision

# The least likeness, of 100, at which names of organisations, places and events are proposed.
NEAR = 86
_CONTEXT = """
SELECT ?exact ?before ?after ?article WHERE { GRAPH ?g {
  ?entity kg:mention ?mention . ?mention oa:hasTarget ?target . ?target oa:hasSelector ?quote ; oa:hasSource ?article .
  ?quote oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after .
} } ORDER BY ?article ?mention LIMIT 40"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that may be one: the first is kept if they are. `score` is of 100."""

    keep: Thing
    other: Thing
    why: str
    score: float

    @property
    def id(self) -> str:
        """The two keys, by which a decision names the proposal."""
        return f"{self.keep.key} {self.other.key}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention in its surroundings."""

    article: str
    before: str
    text: str
    after: str


def propose(things: Iterable[Thing], decided: Iterable[Decision] = ()) -> list[Proposal]:
    """The proposals about the entities of a graph, likeliest first, without those that are decided."""
    known = {d.about for d in decided if d.decision != "split"}
    found: dict[frozenset[str], Proposal] = {}
    by_type: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        by_type[thing.type].append(thing)
    for kind, same_kind in by_type.items():
        for one, other in _candidates(same_kind, kind):
            pair = frozenset({one.key, other.key})
            if pair not in known and pair not in found and (told := _judge(one, other, kind)):
                keep, drop = sorted((one, other), key=lambda t: (not t.key.startswith("ref:"), -t.mentions, t.key))
                found[pair] = Proposal(keep, drop, *told)
    return sorted(found.values(), key=lambda p: (-p.score, p.id))


def _candidates(things: Sequence[Thing], kind: str) -> Iterator[tuple[Thing, Thing]]:
    """Pairs that share a sound of a word of their names; at least one is unknown to the reference data."""
    by_sound: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for sound in {skeleton(bare(word)) for name in _names(thing) for word in fold(name).split() if len(word) > 2}:
            by_sound[sound].append(thing)
    for group in by_sound.values():
        if len(group) > 60 and kind != "Person":
            continue  # a generic word (منظمة) tells nothing
        for n, one in enumerate(group):
            for other in group[n + 1 :]:
                if not (one.key.startswith("ref:") and other.key.startswith("ref:")):
                    yield one, other


def _names(thing: Thing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (thing.arabic, *thing.names) if name and not name.isascii()))


def _judge(one: Thing, other: Thing, kind: str) -> tuple[str, float] | None:
    """Why two can be one, and how likely that is; None where they cannot."""
    if kind == "Person":
        return max((told for a in _names(one) for b in _names(other) if (told := _persons(a, b))), key=lambda t: t[1], default=None)
    best = max((fuzz.ratio(_bare(a), _bare(b)) for a in _names(one) for b in _names(other)), default=0.0)
    if best >= NEAR:
        return "nearly the same name", best
    inside = any(_within(a, b) for a in _names(one) for b in _names(other))
    return ("the one name holds the other", 70.0) if inside else None


def _bare(name: str) -> str:
    return " ".join(bare(word) for word in fold(name).split())


def _within(a: str, b: str) -> bool:
    few, many = sorted((_bare(a).split(), _bare(b).split()), key=len)
    return 2 <= len(few) < len(many) and many[: len(few)] == few


def _persons(a: str, b: str) -> tuple[str, float] | None:
    few, many = sorted((parts(a), parts(b)), key=len)
    if not few:
        return None
    if len(few) == len(many) > 1 and all(x == y or alike(x, y) or fuzz.ratio(x, y) >= 75 for x, y in zip(few, many, strict=True)):
        return "names that sound alike", 60 + 0.4 * fuzz.ratio(" ".join(few), " ".join(many))
    if len(few) > 1 and (few[0], few[-1]) == (many[0], many[-1]):
        return "one name has a part more", 80.0
    if len(few) > 1 and set(few) <= set(many):
        return "all parts of the one name are in the other", 75.0
    if len(few) == 1 and len(many) > 1 and bare(few[0]) == bare(many[-1]):
        return "the same surname", 55.0
    return None


def evidence(store: Store, thing: Thing, limit: int = 2) -> list[Evidence]:
    """Where articles name an entity: at most one place an article, `limit` in all."""
    iri: URIRef = store.iris.entity(thing.key)
    found: dict[str, Evidence] = {}
    for exact, before, after, article in store.query(_CONTEXT, entity=iri).rows:
        id = store.iris.article_id(str(article))
        found.setdefault(id, Evidence(id, _line(before), _line(exact), _line(after)))
    return list(found.values())[:limit]


def _line(text: object) -> str:
    return " ".join(str(text).split()) if text is not None else ""
