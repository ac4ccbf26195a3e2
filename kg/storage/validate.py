"""Whether graphs conform to ontology/shapes.ttl: pySHACL over one article's graph at a time.

    check(triples) -> tuple[Fault, …]         the faults of one graph, the worst first; none when it conforms
    screened(triples) -> tuple[Fault, …]      the same for one article's graph, at a fraction of the cost (see kg.storage.screen)
    check_store(store, ids) -> Iterator[…]    (article id, faults) for each article of a store, then the other graphs
    check_file(path) -> Iterator[…]           the same for a file of RDF in any format of kg.storage.dumps, gzipped or not
    require(triples, name)                    raises ValidationError with the first fault in one line

An article's graph is small and stands alone, so that the cost grows with the number of articles and not with its square.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg import files
from kg.errors import ValidationError
from kg.graph import Triple
from kg.iris import localised
from kg.rdf.terms import asked, parse_file, to_rdflib
from kg.storage.screen import Screen
from kg.store import Store
from kg.vocab import KG, OWL, PREFIXES, RDF, RDFS, SH

__all__ = ["Fault", "check", "check_file", "check_store", "require", "screened"]

PART = 2_000  # triples that are checked at a time of the graphs that are no article's
_OTHER = ("entities", "runs", "background", "analysis")


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One breach of one shape, in the shape's words. `severity` is Violation or Warning."""

    severity: str
    shape: str
    focus: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.severity.lower()}: {self.message} ({self.shape}, at {self.focus})"


@lru_cache(maxsize=2)
def _read(name: str) -> Graph:
    return Graph().parse(
        data=localised((files.ontology() / name).read_text(encoding="utf-8")), format="turtle"
    )


class _Quick(Graph):
    """A graph whose SPARQL constraints are answered by Oxigraph: rdflib's engine took four fifths of a validation."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._asked = Graph(store="Oxigraph")
        for triple in triples:
            self.add(triple)
            self._asked.add(triple)

    def query(self, query_object: str | Query, *args: Any, **more: Any) -> Result:
        return self._asked.query(query_object, *args, **more)


@lru_cache(maxsize=1)
def _schema() -> tuple[Triple, ...]:
    """What the shapes ask of the ontology; the rest of it would only be copied into every graph."""
    wanted = {RDFS.subClassOf, RDFS.domain, RDFS.range, KG.kind}
    ontology = _read("kg.ttl")
    found = [t for t in ontology if t[1] in wanted or t[2] == OWL.SymmetricProperty]
    return tuple(found)  # type: ignore[arg-type]


def check(triples: Iterable[Triple], language: str = "en") -> tuple[Fault, ...]:
    """The faults of one graph, violations before warnings; messages in `language` where the shapes have it."""
    return _validated(triples, language)


def screened(triples: Iterable[Triple], language: str = "en") -> tuple[Fault, ...]:
    """What `check` finds, for the build: pySHACL is asked only about the shapes that the screen suspects, mostly none."""
    told = list(triples)
    suspects = _screen().suspects(told)
    return _validated(told, language, suspects) if suspects else ()


def _validated(triples: Iterable[Triple], language: str, shapes: Sequence[URIRef] = ()) -> tuple[Fault, ...]:
    from pyshacl import validate

    graph, all_ = _Quick((*triples, *_schema())), _read("shapes.ttl")
    # pySHACL finds a shape that another names with sh:node only when it is told of both.
    wanted = [str(shape) for shape in (*shapes, *all_.objects(None, SH.node))] if shapes else None
    _, report, _ = validate(graph, shacl_graph=all_, inplace=True, advanced=False, use_shapes=wanted)
    return tuple(sorted(_fault(report, result, language) for result in report.objects(None, SH.result)))


@lru_cache(maxsize=1)
def _screen() -> Screen:
    return Screen(_read("shapes.ttl"), _schema(), asked)


def check_store(
    store: Store, ids: Iterable[str] | None = None, language: str = "en"
) -> Iterator[tuple[str, tuple[Fault, ...]]]:
    """Each article of the store (or those of `ids`) with its faults; then the graphs that are no article's."""
    for id in sorted(store.known()) if ids is None else ids:
        yield id, check(store.article(id), language)
    if ids is None:
        for name in _OTHER:
            triples = store.triples(store.iris.graph(name))
            if triples:
                yield name, tuple(fault for part in parts(triples) for fault in check(part, language))


def parts(triples: Iterable[Triple], size: int = PART) -> Iterator[list[Triple]]:
    """A large graph in parts of about `size` triples: what is said of one subject stays together, and so do the statements
    about it, for no shape of the graphs that are no article's looks further."""
    told = list(triples)
    about = {s: o for s, p, o in told if p == RDF.subject}
    ordered = sorted(told, key=lambda t: str(about.get(t[0], t[0])))
    part: list[Triple] = []
    for _, group in itertools.groupby(ordered, key=lambda t: str(about.get(t[0], t[0]))):
        part += group
        if len(part) >= size:
            yield part
            part = []
    if part:
        yield part


def check_file(path: Path, language: str = "en") -> Iterator[tuple[str, tuple[Fault, ...]]]:
    """The graphs of a file, named ones by their IRI and the unnamed by the file's name. Raises InputError."""
    graphs: defaultdict[str, list[Triple]] = defaultdict(list)
    for quad in parse_file(path):
        triple = tuple(to_rdflib(term) for term in (quad.subject, quad.predicate, quad.object))
        graphs[getattr(quad.graph_name, "value", "")].append(triple)  # type: ignore[arg-type]
    for name, triples in sorted(graphs.items()):
        yield name or path.name, check(triples, language)


def require(triples: Iterable[Triple], name: str) -> None:
    """Raises ValidationError, with the first fault in one line, when the graph does not conform."""
    faults = [fault for fault in check(triples) if fault.severity == "Violation"]
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise ValidationError(f"{name}: {faults[0].message}, at {faults[0].focus} ({faults[0].shape}){more}")


def _fault(report: Graph, result: Node, language: str) -> Fault:
    messages: defaultdict[str, list[str]] = defaultdict(list)
    for message in report.objects(result, SH.resultMessage):
        if isinstance(message, Literal):
            messages[message.language or ""].append(str(message))
    said = messages.get(language) or messages.get("en") or next(iter(messages.values()), ["breaks the shape"])
    shape = _shape(report.value(result, SH.sourceShape))
    severity = short(report.value(result, SH.resultSeverity))
    value, focus = report.value(result, SH.value), report.value(result, SH.focusNode)
    return Fault(severity.partition(":")[2], shape, short(focus), sorted(said)[0], short(value))


@lru_cache(maxsize=256)
def _shape(node: Node | None) -> str:
    """The local name of the node shape that a shape belongs to: blank property shapes hang on named ones."""
    shapes = _read("shapes.ttl")
    while node is not None and not isinstance(node, URIRef):
        node = next((s for s, p in shapes.subject_predicates(node) if p != RDF.first and p != RDF.rest), None)
    return str(node).rpartition("#")[2]


def short(node: Node | None) -> str:
    """An IRI with its prefix where one fits; a literal's text; nothing for nothing."""
    text = "" if node is None else str(node)
    for prefix, namespace in (*PREFIXES.items(), ("sh", str(SH))):
        if text.startswith(namespace):
            return f"{prefix}:{text[len(namespace) :]}"
    return text
