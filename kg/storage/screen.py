"""Which shapes an article's graph may break, told quickly: what the build asks of every article before pySHACL is asked.

    Screen(shapes, schema, ask).suspects(triples)   the shapes that pySHACL should look at; none when all is well

Nothing of the shapes is written here a second time. `Screen` reads them from ontology/shapes.ttl: constraints of SHACL Core are
tests over an index of the graph, and SPARQL constraints are run by the embedded engine. A screen may suspect a graph without
cause (pySHACL then acquits it), but never the other way round: what it cannot compare it suspects, and a constraint that it does
not know is an error when the shapes are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.vocab import RDF, RDFS, SH

__all__ = ["Screen"]

Triple = tuple[URIRef, URIRef, Node]
_NONE: tuple[Node, ...] = ()


class _Index:
    """A graph as the tests read it: objects by subject and predicate, and the other way, and the classes of each node."""

    def __init__(self, triples: Iterable[Triple], above: dict[Node, frozenset[Node]]) -> None:
        self.out: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.triples = list(dict.fromkeys(triples))
        self.subjects: defaultdict[Node, list[Node]] = defaultdict(list)
        self.instances: defaultdict[Node, list[Node]] = defaultdict(list)
        self._into: dict[Node, defaultdict[Node, list[Node]]] = {}
        self._above = above
        for subject, predicate, object in self.triples:
            self.out[subject][predicate].append(object)
            self.subjects[predicate].append(subject)
            if predicate == RDF.type:
                for wide in above.get(object, (object,)):
                    self.instances[wide].append(subject)

    def objects(self, node: Node, predicate: Node) -> Iterable[Node]:
        told = self.out.get(node)
        return _NONE if told is None else told.get(predicate, _NONE)

    def into(self, node: Node, predicate: Node) -> Iterable[Node]:
        """The subjects that have the node as their object."""
        if predicate not in self._into:
            found = self._into[predicate] = defaultdict(list)
            for subject, verb, object in self.triples:
                if verb == predicate:
                    found[object].append(subject)
        return self._into[predicate].get(node, _NONE)

    def is_a(self, node: Node, kind: Node) -> bool:
        return any(kind == t or kind in self._above.get(t, ()) for t in self.objects(node, RDF.type))


Path = Callable[[_Index, Node], Iterable[Node]]
# (graph, focus node, its values) -> False where the constraint is broken, or may be
Test = Callable[[_Index, Node, list[Node]], bool]


@dataclass(frozen=True, slots=True)
class _Property:
    path: Path
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    iri: URIRef
    classes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    properties: tuple[_Property, ...]
    queries: tuple[str, ...]

    def focus(self, graph: _Index) -> Iterator[Node]:
        yield from chain.from_iterable(graph.instances.get(kind, ()) for kind in self.classes)
        yield from chain.from_iterable(graph.subjects.get(predicate, ()) for predicate in self.subjects_of)


class Screen:
    """The shapes, read once. `ask(triples)` makes the function that tells whether a query has an answer over the graph."""

    def __init__(self, shapes: Graph, schema: Iterable[Triple], ask: Callable[[list[Triple]], Callable[[str], bool]]) -> None:
        self._schema = list(schema)
        self._above = _above(self._schema)
        self._ask = ask
        self._shapes = tuple(
            _shape(shapes, node) for node in sorted(s for s in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef))
        )

    def suspects(self, triples: Iterable[Triple]) -> tuple[URIRef, ...]:
        """The shapes that the graph may break."""
        graph = _Index(triples, self._above)
        holds: Callable[[str], bool] | None = None
        found = []
        for shape in self._shapes:
            broken = bool(shape.properties) and not all(_fits(graph, node, shape.properties) for node in shape.focus(graph))
            if not broken and shape.queries and next(shape.focus(graph), None) is not None:
                holds = holds or self._ask([*graph.triples, *self._schema])
                broken = any(holds(query) for query in shape.queries)
            if broken:
                found.append(shape.iri)
        return tuple(found)


def _fits(graph: _Index, node: Node, properties: tuple[_Property, ...]) -> bool:
    for one in properties:
        values = list(one.path(graph, node))
        if not all(test(graph, node, values) for test in one.tests):
            return False
    return True


def _above(schema: Iterable[Triple]) -> dict[Node, frozenset[Node]]:
    """Each class with itself and all that it is a subclass of."""
    direct: defaultdict[Node, set[Node]] = defaultdict(set)
    for subject, predicate, object in schema:
        if predicate == RDFS.subClassOf:
            direct[subject].add(object)
    found = {}
    for kind in direct:
        seen, new = {kind}, {kind}
        while new := {wide for one in new for wide in direct.get(one, ())} - seen:
            seen |= new
        found[kind] = frozenset(seen)
    return found


# -- reading the shapes ---------------------------------------------------------------------------------------------

_SAID = {RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.sparql, SH.severity, SH.message, SH.path}


def _shape(shapes: Graph, node: URIRef) -> _Shape:
    _known(shapes, node, frozenset())
    classes = tuple(shapes.objects(node, SH.targetClass))
    properties = tuple(_property(shapes, one) for one in shapes.objects(node, SH.property))
    queries = tuple(_query(str(shapes.value(one, SH.select)), shapes, classes) for one in shapes.objects(node, SH.sparql))
    return _Shape(node, classes, tuple(shapes.objects(node, SH.targetSubjectsOf)), properties, queries)


def _known(shapes: Graph, node: Node, constraints: Iterable[Node]) -> None:
    strange = set(shapes.predicates(node)) - _SAID - set(constraints)
    if strange:
        raise NotImplementedError(f"{min(map(str, strange))} of the shapes is no constraint that the screen knows")


def _property(shapes: Graph, node: Node) -> _Property:
    _known(shapes, node, _TESTS)
    path = shapes.value(node, SH.path)
    assert path is not None
    tests = [_TESTS[verb](shapes, value) for verb, value in shapes.predicate_objects(node) if verb in _TESTS]
    return _Property(_path(shapes, path), tuple(tests))


def _query(select: str, shapes: Graph, classes: tuple[Node, ...]) -> str:
    """A constraint's query, over all focus nodes at once; where no class is the target, over any node."""
    declared = shapes.subject_objects(SH.declare)
    heads = [f"PREFIX {shapes.value(d, SH.prefix)}: <{shapes.value(d, SH.namespace)}>\n" for _, d in declared]
    if classes:
        targets = " ".join(f"<{kind}>" for kind in classes)
        held = f"VALUES ?_target {{ {targets} }} $this a/<{RDFS.subClassOf}>* ?_target ."
        select, done = re.subn(r"WHERE\s*\{", lambda found: f"{found[0]} {held}", select, count=1)
        assert done, "a query of the shapes has a WHERE"
    return "".join(heads) + select


def _path(shapes: Graph, node: Node) -> Path:
    if isinstance(node, URIRef):
        return lambda graph, at: graph.objects(at, node)
    if shapes.value(node, RDF.first) is not None:
        steps = [_path(shapes, step) for step in Collection(shapes, node)]
        return lambda graph, at: _along(graph, at, steps)
    inverse, either = shapes.value(node, SH.inversePath), shapes.value(node, SH.alternativePath)
    if isinstance(inverse, URIRef):
        return lambda graph, at: graph.into(at, inverse)
    if either is not None:
        ways = [_path(shapes, way) for way in Collection(shapes, either)]
        return lambda graph, at: dict.fromkeys(chain.from_iterable(way(graph, at) for way in ways))
    raise NotImplementedError("a path of the shapes is none that the screen knows")


def _along(graph: _Index, at: Node, steps: list[Path]) -> Iterable[Node]:
    nodes: Iterable[Node] = (at,)
    for step in steps:
        nodes = dict.fromkeys(chain.from_iterable(step(graph, node) for node in nodes))
    return nodes


# -- the constraints: (shapes, what the shape says) -> test -----------------------------------------------------------


def _count(value: Node) -> int:
    assert isinstance(value, Literal)
    return int(value)


def _at_least(shapes: Graph, value: Node) -> Test:
    least = _count(value)
    return lambda graph, node, values: len(values) >= least


def _at_most(shapes: Graph, value: Node) -> Test:
    most = _count(value)
    return lambda graph, node, values: len(values) <= most


def _datatype(shapes: Graph, value: Node) -> Test:
    def good(term: Node) -> bool:
        if not isinstance(term, Literal) or term.ill_typed:
            return False
        return bool(term.language) if value == RDF.langString else term.datatype == value

    return lambda graph, node, values: all(map(good, values))


def _class(shapes: Graph, value: Node) -> Test:
    return lambda graph, node, values: all(graph.is_a(term, value) for term in values)


def _kind(shapes: Graph, value: Node) -> Test:
    kinds: dict[Node, type[Node]] = {SH.IRI: URIRef, SH.Literal: Literal, SH.BlankNode: BNode}
    kind = kinds[value]
    return lambda graph, node, values: all(isinstance(term, kind) for term in values)


def _in(shapes: Graph, value: Node) -> Test:
    allowed = frozenset(Collection(shapes, value))
    return lambda graph, node, values: all(term in allowed for term in values)


def _pattern(shapes: Graph, value: Node) -> Test:
    pattern = re.compile(str(value))
    return lambda graph, node, values: all(not isinstance(term, BNode) and pattern.search(str(term)) for term in values)


def _length(shapes: Graph, value: Node) -> Test:
    least = _count(value)
    return lambda graph, node, values: all(not isinstance(term, BNode) and len(str(term)) >= least for term in values)


def _not_below(low: Node, high: Node) -> bool:
    """True where both can be compared, and the first is not above the second."""
    if not (isinstance(low, Literal) and isinstance(high, Literal)) or low.value is None or high.value is None:
        return False
    try:
        return bool(low.value <= high.value)
    except TypeError:
        return False


def _low(shapes: Graph, value: Node) -> Test:
    return lambda graph, node, values: all(_not_below(value, term) for term in values)


def _high(shapes: Graph, value: Node) -> Test:
    return lambda graph, node, values: all(_not_below(term, value) for term in values)


def _less_or_same(shapes: Graph, value: Node) -> Test:
    return lambda graph, node, values: all(_not_below(term, other) for term in values for other in graph.objects(node, value))


def _less(shapes: Graph, value: Node) -> Test:
    same = _less_or_same(shapes, value)
    return lambda graph, node, values: same(graph, node, values) and not any(
        _not_below(other, term) for term in values for other in graph.objects(node, value)
    )


def _one_a_language(shapes: Graph, value: Node) -> Test:
    def good(graph: _Index, node: Node, values: list[Node]) -> bool:
        languages = [term.language for term in values if isinstance(term, Literal) and term.language]
        return len(languages) == len(set(languages))

    return good


def _node(shapes: Graph, value: Node) -> Test:
    _known(shapes, value, ())
    properties = tuple(_property(shapes, one) for one in shapes.objects(value, SH.property))
    return lambda graph, node, values: all(_fits(graph, term, properties) for term in values)


_TESTS: dict[Node, Callable[[Graph, Node], Test]] = {
    SH.minCount: _at_least,
    SH.maxCount: _at_most,
    SH.datatype: _datatype,
    SH["class"]: _class,
    SH.nodeKind: _kind,
    SH["in"]: _in,
    SH.pattern: _pattern,
    SH.minLength: _length,
    SH.minInclusive: _low,
    SH.maxInclusive: _high,
    SH.lessThan: _less,
    SH.lessThanOrEquals: _less_or_same,
    SH.uniqueLang: _one_a_language,
    SH.node: _node,
}
