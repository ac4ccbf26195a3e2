"""The embedded store (Oxigraph), behind one small interface. Only this module and kg.rdf.terms import pyoxigraph.

    Store.open(folder or None, iris)   a store on disk, or in memory; `read_only=True` beside a writer
    put(graphs)                        adds or replaces article graphs, all of them or, after a crash, none
    remove(id)                         takes an article out with everything that only it said
    state(name, triples)               replaces one of the other graphs: background, ontology, runs, analysis
    add(name, triples)                 adds to one of them
    known()                            article id -> (fingerprint, run), to skip what has not changed
    query(sparql, …)                   SPARQL over the union of all graphs; terms come out as rdflib terms
    rdflib()                           the same store behind rdflib's interface (oxrdflib)

The graph `entities` is kept in step by `put` and `remove`, in the same transaction: for each entity that an article
names its type, spellings, links, and one preferred label a language, which is the same in whatever order the articles come.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

from kg.errors import StoreError
from kg.iris import Iris
from kg.rdf.sparql import bind
from kg.rdf.terms import Cell, Nodes, Triple, first_line, to_ox, to_rdflib
from kg.storage import memory
from kg.storage.change import Change, data, rank
from kg.vocab import KG, PREFIXES, PROV, RDF, RDFS, SKOS

__all__ = ["Cell", "Graph", "Rows", "Store"]


class Graph(Protocol):
    """What `put` takes: kg.graph.ArticleGraph, or anything like it."""

    @property
    def iri(self) -> URIRef: ...
    @property
    def triples(self) -> list[Triple]: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT (or of an ASK: one row, one column `ask`)."""

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


_TYPE, _LABEL = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.label))
_PREF, _ALT = ox.NamedNode(str(SKOS.prefLabel)), ox.NamedNode(str(SKOS.altLabel))
_MATCH = ox.NamedNode(str(SKOS.exactMatch))
_FINGERPRINT, _MADE_BY = ox.NamedNode(str(KG.fingerprint)), ox.NamedNode(str(PROV.wasGeneratedBy))
_DESCRIBES = {_TYPE, _LABEL, _ALT, _MATCH}
_TELLS = {RDF.type, RDFS.label, SKOS.altLabel, SKOS.exactMatch}


class Store:
    """An open store; close it, or use it as a context."""

    def __init__(self, inner: Any, iris: Iris, folder: Path | None = None, state: object = None) -> None:
        self._ox = inner
        self._state = state  # of a store that is open for reading alone: to see whether somebody has written since
        self.iris = iris
        self.folder = folder
        self._entities = ox.NamedNode(str(iris.graph("entities")))
        self._head = f"{iris.base}e/"  # what the IRI of every entity begins with

    @classmethod
    def open(cls, folder: Path | None = None, iris: Iris | None = None, read_only: bool = False) -> Store:
        """The store in `folder` (made when it is missing), or one in memory. Raises StoreError when it cannot be."""
        if read_only and folder is not None and not folder.is_dir():
            raise StoreError(f"there is no store in {folder}: run `kg build` first, or name another folder")
        state = on_disk(folder) if read_only and folder is not None else None
        try:
            if folder is None:
                inner = ox.Store()
            elif read_only:
                inner = ox.Store.read_only(str(folder))
            else:
                folder.mkdir(parents=True, exist_ok=True)
                inner = ox.Store(str(folder))
                _tidy(folder)
        except (OSError, ValueError) as error:
            raise StoreError(f"the store in {folder} cannot be opened: {first_line(error)}") from error
        return cls(inner, iris or Iris(), folder, state)

    def close(self) -> None:
        """Lets go of the folder, so that another process can open it."""
        if self.folder is not None:
            with contextlib.suppress(OSError, RuntimeError):  # a reader has nothing to flush
                self._ox.flush()
        self._ox = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._ox)

    # -- writing --------------------------------------------------------------------------------------------------

    def put(self, graphs: Iterable[Graph]) -> None:
        """Adds the articles' graphs, or replaces those that are there, in one transaction."""
        change, nodes, quad_of = Change(), Nodes(), ox.Quad
        for graph in graphs:
            name = nodes[graph.iri]
            new = []
            for subject, predicate, object in graph.triples:
                quad = quad_of(nodes[subject], nodes[predicate], nodes[object] if type(object) is URIRef else to_ox(object), name)
                new.append(quad)
                if predicate in _TELLS and str.startswith(subject, self._head):
                    change.told.append(quad)
            change.replace(self._quads(name), new)
        self._commit(change)

    def remove(self, id: str) -> bool:
        """Takes the article out, with the entities that no other names; False when it was not there."""
        old = self._quads(ox.NamedNode(str(self.iris.article_graph(id))))
        change = Change()
        change.replace(old, [])
        change.dropped.append(str(self.iris.article_graph(id)))
        self._commit(change)
        return bool(old)

    def state(self, name: str, triples: Iterable[Triple]) -> None:
        """Makes the graph `name` hold exactly these triples."""
        graph = ox.NamedNode(str(self.iris.graph(name)))
        change = Change()
        change.replace(
            self._quads(graph), [ox.Quad(to_ox(s), to_ox(p), to_ox(o), graph) for s, p, o in triples]
        )
        self._write(change)

    def add(self, name: str, triples: Iterable[Triple]) -> None:
        """Adds triples to the graph `name`."""
        graph = ox.NamedNode(str(self.iris.graph(name)))
        self._ox.extend([ox.Quad(to_ox(s), to_ox(p), to_ox(o), graph) for s, p, o in triples])

    def _quads(self, graph: Any) -> set[Any]:
        return set(self._ox.quads_for_pattern(None, None, None, graph))

    def _commit(self, change: Change) -> None:
        self._describe(change)
        self._write(change)

    def _write(self, change: Change) -> None:
        """One transaction: a crash leaves the store as it was before or as it is after."""
        try:
            if change.gone:
                drops = "".join(f" ; DROP SILENT GRAPH <{graph}>" for graph in change.dropped)
                self._ox.update(
                    f"DELETE DATA {{ {data(change.gone)} }} ; INSERT DATA {{ {data(change.all())} }}{drops}"
                )
            elif len(new := change.all()) >= _LARGE:
                self._ox.bulk_extend(new)
            else:
                self._ox.extend(new)
        except OSError as error:
            raise StoreError(f"the store in {self.folder} cannot be written: {first_line(error)}") from error

    # -- the graph of the entities --------------------------------------------------------------------------------

    def _describe(self, change: Change) -> None:
        """Adds to the change what it means for the graph of the entities."""
        gone = [q for q in change.gone if q.predicate in _DESCRIBES and q.subject.value.startswith(self._head)]
        new = change.told
        labels: defaultdict[tuple[Any, str], set[Any]] = defaultdict(set)
        for quad in new:
            if quad.predicate == _LABEL:
                labels[quad.subject, quad.object.language].add(quad.object)
            else:
                change.add(ox.Quad(quad.subject, quad.predicate, quad.object, self._entities))
        said = {(q.subject, q.predicate, q.object) for q in new}
        for quad in gone:
            if (quad.subject, quad.predicate, quad.object) in said or self._still_said(quad, change):
                continue
            if quad.predicate == _LABEL:
                labels[quad.subject, quad.object.language] |= self._labels(quad, change)
            else:
                change.drop(ox.Quad(quad.subject, quad.predicate, quad.object, self._entities))
        for (entity, language), candidates in labels.items():
            self._prefer(entity, language, candidates, change)

    def _elsewhere(self, subject: Any, predicate: Any, object: Any, change: Change) -> Iterator[Any]:
        """What the articles' graphs say after the change, of those quads that were there before it."""
        for quad in self._ox.quads_for_pattern(subject, predicate, object, None):
            if quad not in change.gone and quad.graph_name.value.startswith(self.iris.article_graphs):
                yield quad

    def _still_said(self, quad: Any, change: Change) -> bool:
        return any(True for _ in self._elsewhere(quad.subject, quad.predicate, quad.object, change))

    def _labels(self, gone: Any, change: Change) -> set[Any]:
        quads = self._elsewhere(gone.subject, _LABEL, None, change)
        return {q.object for q in quads if q.object.language == gone.object.language}

    def _prefer(self, entity: Any, language: str, candidates: set[Any], change: Change) -> None:
        """One preferred label a language: the best of those that articles state; none when none does."""
        now = {
            quad.object
            for quad in self._ox.quads_for_pattern(entity, _PREF, None, self._entities)
            if quad.object.language == language
        }
        lost = {o for o in now if not self._said_by_any(entity, o, candidates, change)}
        best = min(candidates | (now - lost), key=rank, default=None)
        for label in now - {best}:
            change.drop(ox.Quad(entity, _PREF, label, self._entities))
        if best is not None and best not in now:
            change.add(ox.Quad(entity, _PREF, best, self._entities))

    def _said_by_any(self, entity: Any, label: Any, candidates: set[Any], change: Change) -> bool:
        return label in candidates or any(True for _ in self._elsewhere(entity, _LABEL, label, change))

    # -- reading --------------------------------------------------------------------------------------------------

    def known(self) -> dict[str, tuple[str, str]]:
        """Article id -> (fingerprint, IRI of the run that read it)."""
        found = {}
        for quad in self._ox.quads_for_pattern(None, _FINGERPRINT, None, None):
            made = next(self._ox.quads_for_pattern(quad.subject, _MADE_BY, None, quad.graph_name), None)
            found[self.iris.article_id(quad.subject.value)] = (
                quad.object.value,
                made.object.value if made else "",
            )
        return found

    def query(self, sparql: str, **bindings: Node | None) -> Rows:
        """A SELECT or an ASK that the project itself writes; `bindings` are put in as terms, never as text."""
        bound = bind(sparql, {name: [value] for name, value in bindings.items() if value is not None})
        answer = self._ox.query(bound, use_default_graph_as_union=True, prefixes=PREFIXES)
        if isinstance(answer, ox.QueryBoolean):
            return Rows(("ask",), [(Literal(bool(answer)),)])
        columns = tuple(variable.value for variable in answer.variables)
        return Rows(columns, [tuple(to_rdflib(cell) for cell in solution) for solution in answer])

    def pattern(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Any]:
        """The quads of a pattern as pyoxigraph has them, streaming; None stands for anything."""
        terms = (None if node is None else to_ox(node) for node in (subject, predicate, object, graph))
        return iter(self._ox.quads_for_pattern(*terms))

    @staticmethod
    def term(cell: Any) -> Cell:
        """A term of `pattern`'s quads as rdflib's."""
        return to_rdflib(cell)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._ox.named_graphs())

    def article(self, id: str) -> list[Triple]:
        """The triples of an article's graph; empty when there is none."""
        return self.triples(self.iris.article_graph(id))

    def triples(self, graph: URIRef) -> list[Triple]:
        """The triples of a named graph."""
        return [
            (URIRef(q.subject.value), URIRef(q.predicate.value), to_rdflib(q.object))  # type: ignore[misc]
            for q in self._ox.quads_for_pattern(None, None, None, ox.NamedNode(str(graph)))
        ]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The store as (triple, graph), each as N-Quads writes it; the graph is empty for the default graph."""
        memory.one_arena()
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as names:
            names.writelines(f"{graph}\n" for graph in self._again().named_graphs())
            names.seek(0)
            yield from self._lines_of_graphs(itertools.chain([""], (line.removesuffix("\n") for line in names)))

    def _lines_of_graphs(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        source, told = self._again(), 0
        for name in names:
            graph = ox.NamedNode(name[1:-1]) if name else ox.DefaultGraph()
            sliced = bool(name) and self._state is not None
            for start in itertools.count(0, _FRESH):
                before = told
                part = source.query(_SLICE.format(graph=name, start=start, most=_FRESH)) if sliced else source.quads_for_pattern(None, None, None, graph)
                for found in part:
                    told += 1
                    yield str(found if sliced else found.triple), name
                last = not sliced or told - before < _FRESH
                if told >= _FRESH:
                    source = part = None  # lets go of its blocks before others are read
                    source, told = self._again(), 0
                if last:
                    break

    def _again(self) -> Any:
        """The store on disk opened anew, without the blocks that the engine keeps of what it has read: of strings alone up to
        128 MB. Where somebody has written meanwhile, or the store is open for writing, as it is, so that all is of one state.
        """
        if self._state is None or self.folder is None:
            return self._ox
        try:
            fresh = ox.Store.read_only(str(self.folder))
        except (OSError, ValueError):
            return self._ox
        return fresh if on_disk(self.folder) == self._state else self._ox

    def lines_of(self, graph: str) -> Iterator[str]:
        """The triples of a named graph as N-Triples has them, without their full stops."""
        for quad in self._ox.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield str(quad.triple)

    def rdflib(self) -> Dataset:
        """The store behind rdflib's interface; its default graph is the union of the named ones."""
        from oxrdflib import OxigraphStore

        return Dataset(store=OxigraphStore(store=self._ox), default_union=True)

    @property
    def inner(self) -> Any:
        """The pyoxigraph store, for kg.query and kg.storage.dumps."""
        return self._ox

    def optimize(self) -> None:
        """Compacts what many small writes have left; worth it after a large build."""
        self._ox.optimize()


# A part of a graph too large to be read at once. What is left out at its head costs no look-up of strings, and the order is
# that of the engine's index, the same each time that one state of the store is opened.
_SLICE = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} OFFSET {start} LIMIT {most} }}"
_FRESH = 5_000  # quads that are read of a store on disk before it is opened anew


# Quads from which a change that only adds is written as finished files beside the log, a third of the work at scale. Oxigraph
# hands all files of a change to RocksDB's IngestExternalFiles in one call, which takes them in wholly or not at all, also in a
# crash. Each change leaves a file an index until the engine has merged them: not worth it for an article or two.
_LARGE = 8_000


def _tidy(folder: Path) -> None:
    """Removes the files of large changes that a crash has kept from being taken in; the store is open for writing, so no
    other process makes any."""
    for left in folder.glob("bulk-*.sst"):
        left.unlink(missing_ok=True)


def on_disk(folder: Path) -> frozenset[tuple[str, int]]:
    """What is otherwise when somebody has written to the store."""
    found = set()
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):  # gone since it was listed
            if entry.name != "LOG":
                found.add((entry.name, entry.stat().st_size))
    return frozenset(found)
