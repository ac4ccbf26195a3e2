"""Graph + gold relations -> figures: precision, recall, F1 with intervals, and what becomes of gold claims.

    read_gold(folders) -> Gold          relations.tsv and entities.tsv of each folder (kg/measure/goldfiles.py)
    read_graph(paths)  -> Graph         folders that a build has written, or dumps, as any consumer would read them
    evaluate(graph, gold) -> Report     four views of the same edges

*Strict*: an entity of the graph is the gold entity that shares a name with its labels. *Text*: it is enough that the words
that an edge was read from name the gold entity, so that what is lost by linking shows as the difference. *By article*: each
article's claims against that article's rows, stricter than the pooled figures, in which one fact counts once however many
articles tell it. *Claims*: whether what is planned, negated, denied … is there as a claim, put as the gold says.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.inventory import RELATIONS
from kg.measure.goldfiles import Fact, Gold, key, read_gold
from kg.model import EntityType, Modality, Polarity
from kg.rdf.terms import parse_file
from kg.store import Store
from kg.vocab import DCTERMS, KG, OA, RDF, RDFS, SKOS

__all__ = ["Figures", "Graph", "Report", "View", "evaluate", "figures", "read_gold", "read_graph"]

SAMPLES = 500  # bootstrap samples; the interval is that of 95 %
_LOW, _HIGH = 12, 487
SYMMETRIC = frozenset(name for name, relation in RELATIONS.items() if relation.symmetric)
# Near misses that a fair reader takes for the same fact: such an edge is neither right nor wrong.
NEAR: Mapping[str, frozenset[str]] = {
    "met_with": frozenset({"spoke_with"}),
    "spoke_with": frozenset({"met_with", "negotiated_with"}),
    "negotiated_with": frozenset({"spoke_with"}),
    "visited": frozenset({"travelled_to"}),
    "travelled_to": frozenset({"visited", "left"}),
}
# Types of which a longer and a shorter name are taken for the same thing in the view of the text; places are not (Russia
# is a part of the name of Belarus).
_SHORTENED = frozenset(EntityType) - {EntityType.COUNTRY, EntityType.PLACE}


# -- graph --------------------------------------------------------------------------------------------------------------

Edge = tuple[str, str, str]  # IRI of the subject, local name of the relation, IRI of the object


@dataclass(slots=True)
class Told:
    """A claim of the graph; `words` are those of its subject and of its object."""

    article: str = ""
    subject: str = ""
    relation: str = ""
    object: str = ""
    polarity: str = ""
    modality: str = ""
    words: tuple[str, str] = ("", "")

    @property
    def edge(self) -> Edge:
        """Subject, relation and object."""
        return self.subject, self.relation, self.object

    @property
    def asserted(self) -> bool:
        """The claim is stated as a fact."""
        return self.polarity == Polarity.POSITIVE and self.modality == Modality.ASSERTED

    @property
    def put(self) -> frozenset[str]:
        """Its modality and polarity, those left out that every plain statement has."""
        return frozenset({self.polarity, self.modality}) - {Polarity.POSITIVE, Modality.ASSERTED}


@dataclass
class Graph:
    """What the figures need of a graph: the direct edges, each symmetric one once, labels as spelt, and claims."""

    edges: set[Edge] = field(default_factory=set)
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    claims: list[Told] = field(default_factory=list)

    def show(self, node: str) -> str:
        """The longest folded name of a node, as messages use it."""
        return max((key(name) for name in self.labels.get(node, ())), key=lambda n: (len(n), n), default=node)


def read_graph(paths: Iterable[Path], ignore: Sequence[str] = ("background",)) -> Graph:
    """A graph from folders of `kg build` or from dumps (Turtle, N-Triples, N-Quads, TriG, RDF/XML), joined.

    Edges of named graphs whose IRI contains one of `ignore` are left out. Raises InputError for what cannot be read.
    """
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    graph = Graph()
    for path in paths:
        for subject, predicate, object, name in _quads(path):
            _take(graph, links, subject, predicate, object, name, ignore)
    graph.edges = _once(graph.edges)
    graph.claims = list(_claims(links))
    return graph


def _quads(path: Path) -> Iterator[tuple[Any, Any, Any, str]]:
    if path.is_dir():
        if not (path / "store").is_dir():
            raise InputError(f"{path}: no graph there; give a folder that `kg build -o` has written, or a dump")
        with Store.open(path / "store", read_only=True) as store:
            for quad in store.pattern():
                yield quad.subject, quad.predicate, quad.object, getattr(quad.graph_name, "value", "")
        return
    if not path.is_file():
        raise InputError(f"{path}: no such file or folder")
    for quad in parse_file(path):
        yield quad.subject, quad.predicate, quad.object, getattr(quad.graph_name, "value", "")


_LABELS = frozenset(map(str, (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)))
_LINKS = {
    str(iri): name
    for name, iri in {
        "subject": RDF.subject, "relation": RDF.predicate, "object": RDF.object, "polarity": KG.polarity, "modality": KG.modality,
        "article": KG.article, "identifier": DCTERMS.identifier, "subject_words": KG.subjectMention, "object_words": KG.objectMention,
        "target": OA.hasTarget, "selector": OA.hasSelector, "exact": OA.exact,
    }.items()
}  # fmt: skip


def _take(
    graph: Graph, links: dict[str, dict[str, list[str]]], subject: Any, predicate: Any, object: Any, name: str, ignore: Sequence[str]
) -> None:
    literal = not hasattr(object, "value") or hasattr(object, "datatype")
    if predicate.value in _LABELS and literal:
        graph.labels[subject.value].add(object.value)
    elif predicate.value in _LINKS and hasattr(object, "value"):
        links[subject.value][_LINKS[predicate.value]].append(object.value)
    relation = re.split(r"[#/]", predicate.value)[-1]
    if relation in RELATIONS and not literal and not any(part in name for part in ignore):
        graph.edges.add((subject.value, relation, object.value))


def _once(edges: Iterable[Edge]) -> set[Edge]:
    """Each symmetric edge in one direction only."""
    kept: set[Edge] = set()
    for subject, relation, object in sorted(edges):
        if relation not in SYMMETRIC or (object, relation, subject) not in kept:
            kept.add((subject, relation, object))
    return kept


def _claims(links: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Told]:
    for values in links.values():
        if "relation" in values and "modality" in values:
            article = values.get("article", [""])[0]
            yield Told(
                links[article].get("identifier", [article])[0] if article in links else article,
                values["subject"][0],
                _local(values["relation"][0]),
                values["object"][0],
                _local(values.get("polarity", [""])[0]),
                _local(values["modality"][0]),
                (_exact(links, values.get("subject_words")), _exact(links, values.get("object_words"))),
            )


def _exact(links: Mapping[str, Mapping[str, Sequence[str]]], mentions: Sequence[str] | None) -> str:
    """The words of a mention, by way of its target and the selector that quotes them."""
    for mention in mentions or ():
        for target in links.get(mention, {}).get("target", ()):
            for selector in links.get(target, {}).get("selector", ()):
                if words := links.get(selector, {}).get("exact"):
                    return words[0]
    return ""


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


# -- figures ------------------------------------------------------------------------------------------------------------

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and what follows from them; intervals are those of the bootstrap, 95 %."""

    gold: int
    found: int
    right: int
    wrong: int
    precision_95: Interval = (0.0, 0.0)
    recall_95: Interval = (0.0, 0.0)
    f1_95: Interval = (0.0, 0.0)

    @property
    def precision(self) -> float:
        """The share of the edges asserted that are right; 0 where none is."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the gold edges that were found; 0 where there is no gold."""
        return self.found / max(1, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _f1(self.precision, self.recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def figures(found: Sequence[bool], right: int, wrong: int) -> Figures:
    """Figures of gold facts found or missed, and of edges right and wrong. Equal input gives equal intervals."""
    rng = random.Random(0)
    outcome = [True] * right + [False] * wrong
    samples: list[tuple[float, float, float]] = []
    for _ in range(SAMPLES):
        recall = sum(rng.choice(found) for _ in found) / max(1, len(found)) if found else 0.0
        precision = sum(rng.choice(outcome) for _ in outcome) / len(outcome) if outcome else 0.0
        samples.append((precision, recall, _f1(precision, recall)))
    columns = [sorted(sample[n] for sample in samples) for n in range(3)]
    bounds = [(column[_LOW], column[_HIGH]) for column in columns]
    return Figures(len(found), sum(found), right, wrong, *bounds)


@dataclass(frozen=True)
class View:
    """The figures of one way of comparing, and the facts and edges behind them."""

    all: Figures
    relations: Mapping[str, Figures]
    missed: tuple[Fact, ...]
    wrong: tuple[Edge, ...]
    asserted: tuple[Edge, ...]  # gold says that these are claims only
    edges: int


@dataclass(frozen=True, slots=True)
class Claims:
    """What became of the gold's claims: how many there are (and rows, which tell some in several articles), asserted as
    edges, rows present as claims, and rows put as the gold says."""

    gold: int
    rows: int
    asserted: int
    present: int
    put_right: int
    missed: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that `evaluate` says. `by_article` is None for a graph that has no claims to say which article an edge is from."""

    strict: View
    text: View
    by_article: View | None
    claims: Claims
    known_edges: int  # edges between entities that the gold knows


Denotes = Callable[[Edge, int], frozenset[str]]  # the gold entities that an end (0 or 2) of an edge stands for
_NONE: frozenset[str] = frozenset()


def evaluate(graph: Graph, gold: Gold) -> Report:
    """Compares a graph with gold."""
    is_a = {node: _borne(labels, gold) for node, labels in graph.labels.items()}

    def linked(edge: Edge, end: int) -> frozenset[str]:
        return is_a.get(edge[end], _NONE)

    words = _words(graph, gold)

    def named(edge: Edge, end: int) -> frozenset[str]:
        return linked(edge, end) | words.get((edge, end), _NONE)

    strict = _view([(edge, "") for edge in sorted(graph.edges)], gold.facts, linked, pooled=True)
    text = _view([(edge, "") for edge in sorted(graph.edges)], gold.facts, named, pooled=True)
    known = sum(bool(linked(edge, 0)) and bool(linked(edge, 2)) for edge in graph.edges)
    return Report(strict, text, _by_article(graph, gold, linked), _claims_kept(graph, gold, linked, strict), known)


def _borne(labels: Iterable[str], gold: Gold) -> frozenset[str]:
    return _NONE.union(*(gold.names.get(key(label), _NONE) for label in labels))


def _words(graph: Graph, gold: Gold) -> dict[tuple[Edge, int], frozenset[str]]:
    """The gold entities that the words of an edge's claims name: by a whole name, or by a part of a name."""
    found: dict[tuple[Edge, int], frozenset[str]] = defaultdict(frozenset)
    for claim in graph.claims:
        for end, words in ((0, claim.words[0]), (2, claim.words[1])):
            for edge in (claim.edge, claim.edge[::-1]):
                place = end if edge == claim.edge else 2 - end
                found[edge, place] = found[edge, place] | _named(key(words), gold)
    return found


def _named(words: str, gold: Gold) -> frozenset[str]:
    found = set(gold.names.get(words, _NONE))
    if len(words) > 2:
        for name, ids in gold.names.items():
            if f" {name} " in f" {words} " or f" {words} " in f" {name} ":
                found |= {id for id in ids if gold.types[id] in _SHORTENED}
    return frozenset(found)


def _fits(edge: Edge, fact: Fact, denotes: Denotes, near: bool = False) -> bool:
    if edge[1] != fact.relation and not (near and edge[1] in NEAR.get(fact.relation, _NONE)):
        return False
    one, other = denotes(edge, 0), denotes(edge, 2)
    if one & fact.subjects and other & fact.objects:
        return True
    return edge[1] in SYMMETRIC and bool(one & fact.objects and other & fact.subjects)


def _view(stated: Sequence[tuple[Edge, str]], facts: Sequence[Fact], denotes: Denotes, pooled: bool) -> View:
    """Compares (edge, article) pairs with facts; pooled, articles do not matter and one fact counts once."""
    home = (lambda article: "") if pooled else (lambda article: article)
    wanted: dict[Any, Fact] = {}
    rows: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[home(fact.article)].append(fact)
        if fact.status == "yes":
            wanted.setdefault((home(fact.article), fact.content), fact)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge, article in stated:
        edges[home(article)].append(edge)
    found = {place: any(_fits(e, fact, denotes) for e in edges[place[0]]) for place, fact in wanted.items()}
    sorts: dict[str, list[Edge]] = {"right": [], "open": [], "asserted": [], "wrong": []}
    for place, told in edges.items():
        for edge in told:
            sorts[_sort(edge, rows[place], denotes)].append(edge)
    wrong = sorts["wrong"] + sorts["asserted"]
    relations = {}
    for name in sorted({fact.relation for fact in wanted.values()} | {edge[1] for edge, _ in stated}):
        relations[name] = figures(
            [found[place] for place, fact in wanted.items() if fact.relation == name],
            sum(edge[1] == name for edge in sorts["right"]),
            sum(edge[1] == name for edge in wrong),
        )
    return View(
        figures(list(found.values()), len(sorts["right"]), len(wrong)),
        relations,
        tuple(fact for place, fact in wanted.items() if not found[place]),
        tuple(sorts["wrong"]),
        tuple(sorts["asserted"]),
        len(stated),
    )


def _sort(edge: Edge, facts: Sequence[Fact], denotes: Denotes) -> str:
    """right; open (debatable, or a near miss); asserted (gold has it as a claim only); wrong."""
    if any(fact.status == "yes" and _fits(edge, fact, denotes) for fact in facts):
        return "right"
    if any(fact.status in {"yes", "maybe"} and _fits(edge, fact, denotes, near=True) for fact in facts):
        return "open"
    return "asserted" if any(fact.status == "claim" and _fits(edge, fact, denotes) for fact in facts) else "wrong"


def _by_article(graph: Graph, gold: Gold, denotes: Denotes) -> View | None:
    """Edges as the articles of the gold state them: an asserted claim of an article whose edge stands in the graph."""
    articles = {fact.article for fact in gold.facts}
    stated = {
        (claim.edge, claim.article)
        for claim in graph.claims
        if claim.asserted and claim.article in articles and (claim.edge in graph.edges or claim.edge[::-1] in graph.edges)
    }
    if not stated:
        return None
    return _view(sorted(stated), gold.facts, denotes, pooled=False)


def _claims_kept(graph: Graph, gold: Gold, denotes: Denotes, strict: View) -> Claims:
    rows = list({(fact.article, fact.content): fact for fact in gold.of("claim")}.values())
    by_relation: dict[str, list[Told]] = defaultdict(list)
    for claim in graph.claims:
        by_relation[claim.relation].append(claim)
    present, put_right, missed = 0, 0, []
    for fact in rows:
        same = [c for c in by_relation[fact.relation] if c.article == fact.article and _fits(c.edge, fact, denotes)]
        kept = [c for c in same if not c.asserted]
        present += bool(kept)
        put_right += any(not fact.put or c.put & fact.put for c in kept)
        if not kept:
            missed.append(fact)
    return Claims(len({fact.content for fact in rows}), len(rows), len(strict.asserted), present, put_right, tuple(missed))
