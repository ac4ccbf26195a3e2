"""RDF between pyoxigraph, rdflib and text: terms, answers as they stream, parsing and writing. kg.store holds the data.

    to_ox(node), to_rdflib(term)         a term of the one as the other's
    stream, union_query                  the answer to a query as it comes
    asked(triples)                       a function that tells whether a query has an answer over some triples
    serialize, serialize_xml             triples as RDF, streaming
    parse_lines, parse_file              RDF as quads, streaming
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import BNode, Node

from kg.errors import InputError
from kg.vocab import PREFIXES

Triple = tuple[URIRef, URIRef, Node]
Cell = URIRef | Literal | BNode | None
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_ox(node: Node) -> Any:
    """An rdflib term as pyoxigraph's."""
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(node, language=node.language)
        return ox.Literal(node, datatype=_KINDS[node.datatype]) if node.datatype else ox.Literal(node)
    return ox.NamedNode(str(node)) if isinstance(node, URIRef) else ox.BlankNode(str(node))


class Nodes(dict[str, Any]):
    """IRI -> pyoxigraph's node, each made once: a graph names most of its nodes many times.

    >>> Nodes()[URIRef("x:a")]
    <NamedNode value=x:a>
    """

    def __missing__(self, iri: str) -> Any:
        node = self[iri] = ox.NamedNode(iri)
        return node


_KINDS = Nodes()  # datatypes


def to_rdflib(term: Any) -> Cell:
    """A pyoxigraph term as rdflib's."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == _STRING
        return Literal(term.value) if plain else Literal(term.value, datatype=URIRef(term.datatype.value))
    return BNode(str(term.value))


@dataclass(frozen=True, slots=True)
class Found:
    """An answer as it streams in: `kind` is select, ask or graph; the rows hold pyoxigraph's terms, those of a graph are triples."""

    kind: str
    columns: tuple[str, ...]
    rows: Iterator[Any]


def stream(engine: ox.Store, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Found:
    """The answer to a query over the graphs that are named, or over the union of all. Raises SyntaxError."""
    dataset: dict[str, Any] = {"use_default_graph_as_union": True}
    if default_graphs or named_graphs:
        default, named = ([ox.NamedNode(iri) for iri in iris] for iris in (default_graphs, named_graphs))
        dataset = {"default_graph": default, "named_graphs": named}
    answer = engine.query(text, prefixes=PREFIXES, **dataset)
    if isinstance(answer, ox.QueryBoolean):
        return Found("ask", ("ask",), iter([(ox.Literal(bool(answer)),)]))
    if isinstance(answer, ox.QueryTriples):
        return Found("graph", ("subject", "predicate", "object"), iter(answer))
    return Found("select", tuple(variable.value for variable in answer.variables), iter(answer))


def union_query(engine: ox.Store, text: str) -> tuple[tuple[str, ...], Iterator[Any]]:
    """The columns and, streaming, the rows (of pyoxigraph's terms) of any query over the union of the graphs."""
    found = stream(engine, text)
    rows = ((t.subject, t.predicate, t.object) for t in found.rows) if found.kind == "graph" else found.rows
    return found.columns, rows


def asked(triples: Iterable[Triple]) -> Callable[[str], bool]:
    """Loads the triples into the engine; what comes back tells whether a SELECT has an answer over them."""
    nodes, inner = Nodes(), ox.Store()
    inner.extend(ox.Quad(nodes[s], nodes[p], nodes[o] if type(o) is URIRef else to_ox(o)) for s, p, o in triples)
    return lambda select: next(iter(cast(Any, inner.query(select))), None) is not None


_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def serialize(triples: Iterable[Any], out: IO[bytes], format: str) -> None:
    """Triples as RDF in a format of `_RDF`, streaming."""
    ox.serialize(triples, out, _RDF[format], prefixes=dict(PREFIXES))


def parse_lines(lines: Iterable[bytes]) -> Iterator[Any]:
    """N-Triples lines as pyoxigraph's triples, streaming."""
    for quad in ox.parse(cast("IO[bytes]", _Reader(lines)), ox.RdfFormat.N_TRIPLES):
        yield quad.triple


def parse_file(path: Path) -> Iterator[Any]:
    """The quads of an RDF file, gzipped or not, streaming; its name says the format. Raises InputError where it cannot be read."""
    zipped = path.name.endswith(".gz")
    ending = Path(path.name.removesuffix(".gz")).suffix.removeprefix(".")
    kind = ox.RdfFormat.from_extension(ending)
    if kind is None:
        what = "is a network for other programs, and no RDF" if ending in {"graphml", "csv"} else "says no format of RDF"
        raise InputError(f"{path.name}: .{ending} {what}; known are {', '.join(ENDINGS)}, each also with .gz")
    try:
        with gzip.open(path) if zipped else path.open("rb") as file:
            yield from ox.parse(cast("IO[bytes]", file), kind, base_iri=path.resolve().as_uri())
    except (OSError, EOFError, zlib.error, SyntaxError, ValueError) as error:
        raise InputError(f"{path.name}: cannot be read as RDF: {first_line(error)}") from error


ENDINGS = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")


def serialize_xml(triples: Iterable[Any], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Triples as RDF/XML, streaming."""
    ox.serialize(triples, out, ox.RdfFormat.RDF_XML, prefixes=dict(prefixes))


class _Reader:
    """An iterator of bytes as the file that a parser reads."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._rest) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._rest += part
        cut = len(self._rest) if size < 0 else size
        out, self._rest = self._rest[:cut], self._rest[cut:]
        return out


def first_line(error: Exception) -> str:
    """The first line of what an error says, or its name where it says nothing."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
