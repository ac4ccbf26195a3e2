"""The network of actors -> its measures, by period: networkx over the direct edges that claims bear out.

    ties(store, wanted) -> list[Tie]            who is tied to whom, by which claims
    periods(ties, by) -> list[Period]           the whole, or its years, quarters or months
    measured(ties, period) -> list[Measured]    degree, PageRank, betweenness, community of every actor, the most central first
    by_period(ties, by) -> list[Measured]       the same for each period in turn
    bridges(ties) -> list[Bridge]               ties without which the network falls apart, and how much falls off
    path(ties, one, other) -> list[Tie]         a shortest chain, of such chains the one with the most claims
    triples(measured, iris) -> list[Triple]     the measures as the graph `analysis` holds them

Everything is the same for the same store: nodes are sorted, random steps have a seed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
from rdflib import Literal, URIRef

from kg.errors import InputError, QueryError
from kg.graph import Triple
from kg.iris import Iris
from kg.store import Store
from kg.vocab import KG, RDF, RELATIONS, XSD

BY = ("all", "year", "quarter", "month")
TYPES = ("Person", "Organization", "ArmedGroup", "Country")
KINDS = ("contact", "agreement")
_SAMPLE = 400  # sources that betweenness is estimated from where a network is larger
_SEED = 7


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which network: between entities of these types, by relations of these kinds, in these days."""

    types: tuple[str, ...] = TYPES
    kinds: tuple[str, ...] = KINDS
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, order=True, slots=True)
class Tie:
    """One claim that ties two actors, `one` sorting before `other`."""

    one: str
    other: str
    relation: str
    day: dt.date | None
    article: str


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of days, both ends in it."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Measured:
    """One actor's place in the network of a period. Communities count from 1, the largest."""

    actor: str
    period: Period
    degree: int
    claims: int
    pagerank: float
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which `cut` actors (the smaller side) are no longer linked to `rest`."""

    one: str
    other: str
    cut: int
    rest: int


_TIES = """
SELECT DISTINCT ?claim ?one ?relation ?other ?day ?article WHERE {
  ?claim rdf:predicate ?relation ; rdf:subject ?one ; rdf:object ?other ; kg:article ?article ;
    kg:polarity kg:Positive ; kg:modality kg:Asserted .
  FILTER EXISTS { ?one ?relation ?other }
  FILTER EXISTS { VALUES ?type_one { TYPES } ?one a ?type_one }
  FILTER EXISTS { VALUES ?type_other { TYPES } ?other a ?type_other }
  OPTIONAL { ?claim kg:day ?day }
}"""


def ties(store: Store, wanted: Wanted | None = None) -> list[Tie]:
    """The claims behind direct edges, sorted. Raises InputError for a type or kind that there is not."""
    wanted = wanted or Wanted()
    _check(wanted)
    types = " ".join(f"kg:{name}" for name in wanted.types)
    found = []
    for relation in RELATIONS.values():
        if relation.kind in wanted.kinds:
            rows = store.query(_TIES.replace("TYPES", types), relation=relation.iri)
            for row in rows.rows:
                told = dict(zip(rows.columns, row, strict=True))
                one, other = sorted((str(told["one"]), str(told["other"])))
                day = dt.date.fromisoformat(str(told["day"])) if told["day"] is not None else None
                found.append(Tie(one, other, relation.name, day, store.iris.article_id(str(told["article"]))))
    return sorted((t for t in found if t.one != t.other and _within(t, wanted)), key=_order)


def _order(tie: Tie) -> tuple[str, str, str, dt.date, str]:
    return tie.one, tie.other, tie.relation, tie.day or dt.date.min, tie.article


def _check(wanted: Wanted) -> None:
    kinds = tuple(dict.fromkeys(relation.kind for relation in RELATIONS.values()))
    for given, known in ((wanted.types, (*TYPES, "Place", "Event", "Agreement", "Topic")), (wanted.kinds, kinds)):
        wrong = [name for name in given if name not in known]
        if wrong or not given:
            raise InputError(f"{wrong[0] if wrong else 'nothing'!r} is none of {', '.join(known)}")


def _within(tie: Tie, wanted: Wanted) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    return tie.day in Period(wanted.since or dt.date.min, wanted.until or dt.date.max)


def periods(ties: Iterable[Tie], by: str = "all") -> list[Period]:
    """The stretches in which there are ties, in order; days that are not known belong to none but the whole.

    >>> day = dt.date(2021, 8, 21)
    >>> [str(p.last) for p in periods([Tie("a", "b", "met_with", day, "x")], "quarter")]
    ['2021-09-30']
    """
    if by not in BY:
        raise InputError(f"a period is one of {', '.join(BY)}, not {by!r}")
    days = sorted({tie.day for tie in ties if tie.day})
    if by == "all":
        return [Period(days[0], days[-1])] if days else []
    months = {"year": 12, "quarter": 3, "month": 1}[by]
    return sorted({_stretch(day, months) for day in days})


def _stretch(day: dt.date, months: int) -> Period:
    first = (day.month - 1) // months * months
    until = dt.date(day.year + (first + months) // 12, (first + months) % 12 + 1, 1)
    return Period(dt.date(day.year, first + 1, 1), until - dt.timedelta(days=1))


def graph(ties: Iterable[Tie]) -> nx.Graph:
    """The network as networkx has it; an edge weighs as many as there are claims."""
    weight: defaultdict[tuple[str, str], int] = defaultdict(int)
    for tie in ties:
        weight[tie.one, tie.other] += 1
    out = nx.Graph()
    out.add_nodes_from(sorted({end for pair in weight for end in pair}))
    out.add_edges_from((one, other, {"weight": n}) for (one, other), n in sorted(weight.items()))
    return out


def measured(ties: Sequence[Tie], period: Period | None = None) -> list[Measured]:
    """Every actor's measures, the highest PageRank first. Without a period: of all ties, known days or not."""
    whole = period or next(iter(periods(ties)), Period(dt.date.min, dt.date.max))
    net = graph(ties if period is None else [tie for tie in ties if tie.day in period])
    if not net:
        return []
    rank = nx.pagerank(net, weight="weight")
    sample = _SAMPLE if len(net) > _SAMPLE else None
    between = nx.betweenness_centrality(net, k=sample, seed=_SEED)
    belongs = communities(net)
    found = [
        Measured(n, whole, net.degree(n), int(net.degree(n, weight="weight")), rank[n], between[n], belongs[n]) for n in net
    ]
    return sorted(found, key=lambda m: (-round(m.pagerank, 9), -m.degree, m.actor))


def by_period(ties: Sequence[Tie], by: str = "all") -> list[Measured]:
    """The measures of each period in turn; those of the whole take in the ties whose day is not known."""
    if by == "all":
        return measured(ties)
    return [m for period in periods(ties, by) for m in measured(ties, period)]


def communities(net: nx.Graph) -> dict[str, int]:
    """Actor -> the number of its community (Louvain), the largest being 1."""
    found = nx.community.louvain_communities(net, weight="weight", seed=_SEED)
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {actor: number for number, group in enumerate(ordered, 1) for actor in group}


def bridges(ties: Iterable[Tie]) -> list[Bridge]:
    """The bridges that link at least two actors on either side, the one that holds most together first."""
    net = graph(ties)
    found = []
    for one, other in nx.bridges(net):
        whole = len(nx.node_connected_component(net, one))
        net.remove_edge(one, other)
        side = len(nx.node_connected_component(net, one))
        net.add_edge(one, other)
        cut = min(side, whole - side)
        if cut > 1:
            found.append(Bridge(min(one, other), max(one, other), cut, whole - cut))
    return sorted(found, key=lambda b: (-b.cut, b.one, b.other))


def path(ties: Sequence[Tie], one: str, other: str) -> list[Tie]:
    """The ties of a shortest chain from one to the other, a tie a step (its last day). Raises QueryError where there is none."""
    net = graph(ties)
    if one not in net or other not in net or not nx.has_path(net, one, other):
        raise QueryError("no chain leads from one to the other: they are not tied, even through others")
    chains = nx.all_shortest_paths(net, one, other)
    best = max(chains, key=lambda chain: (_strength(net, chain), chain))
    latest: dict[tuple[str, str], Tie] = {}
    for tie in sorted(ties, key=lambda t: (t.day or dt.date.min, t)):
        latest[tie.one, tie.other] = tie
    return [latest[min(pair), max(pair)] for pair in pairwise(best)]


def _strength(net: nx.Graph, chain: Sequence[str]) -> int:
    """How many claims bear out the weakest step of a chain."""
    return min((int(net.edges[pair]["weight"]) for pair in pairwise(chain)), default=0)


def triples(measured: Iterable[Measured], made: Iris) -> list[Triple]:
    """The measures as nodes of their own, one an actor and period."""
    out: list[Triple] = []
    for m in measured:
        node = made.measurement(m.actor, str(m.period.first), str(m.period.last))
        out += [
            (node, RDF.type, KG.Measurement),
            (node, KG.measured, URIRef(m.actor)),
            (node, KG.firstDay, Literal(str(m.period.first), datatype=XSD.date)),
            (node, KG.lastDay, Literal(str(m.period.last), datatype=XSD.date)),
            (node, KG.degree, Literal(str(m.degree), datatype=XSD.integer)),
            (node, KG.pagerank, _double(m.pagerank)),
            (node, KG.betweenness, _double(m.betweenness)),
            (node, KG.community, Literal(str(m.community), datatype=XSD.integer)),
        ]
    return out


def _double(number: float) -> Literal:
    return Literal(f"{number:.6f}", datatype=XSD.double)
