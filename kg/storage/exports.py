"""The network of entities and direct edges for other programs: GraphML and CSV, an entity or an edge at a time.

    graphml(store, path, language)      for Gephi, yEd, Cytoscape, igraph, networkx
    csv_nodes(store, path, …)           `Id,Label,…` as Gephi reads it; `key:ID,…,:LABEL` with style="neo4j"
    csv_edges(store, path, …)           `Source,Target,Type,…`; `:START_ID,:END_ID,:TYPE,…` with style="neo4j"
    kind(path)                          the format that a file's name asks for, of these or of kg.storage.dumps
    csv_paths(path)                     `net.csv` -> `net-nodes.csv`, `net-edges.csv`

A name that ends in .gz is gzipped. Nodes are known by their canonical key, and stand in its order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kg.asking.lookup import Edge, Thing, edges, entities
from kg.errors import InputError
from kg.storage.dumps import FORMATS, guess, written
from kg.store import Store
from kg.vocab import RELATIONS

Value = str | int | float
STYLES = ("gephi", "neo4j")
ALL = (*FORMATS, "graphml", "csv")
# What no XML file can hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_TYPE = {str: "string", int: "int", float: "double"}


def kind(path: Path, format: str = "") -> str:
    """The format that is asked for, else the one of the file's name: graphml, csv, or one of kg.storage.dumps. Raises InputError.

    >>> kind(Path("a.graphml.gz")), kind(Path("a.csv")), kind(Path("a.nq.gz"))
    ('graphml', 'csv', 'nquads')
    """
    if format:
        if format not in ALL:
            raise InputError(f"no format is called {format!r}; there are {', '.join(ALL)}")
        return format
    suffix = Path(path.name.removesuffix(".gz")).suffix.removeprefix(".")
    return suffix if suffix in {"graphml", "csv"} else guess(path)


def csv_paths(path: Path) -> tuple[Path, Path]:
    """The names of the two files, nodes and edges, that a name for CSV stands for.

    >>> [p.name for p in csv_paths(Path("net.csv.gz"))]
    ['net-nodes.csv.gz', 'net-edges.csv.gz']
    """
    stem, _, ending = path.name.rpartition(".csv")
    stem, ending = (stem, f".csv{ending}") if stem else (path.name, "")
    return path.with_name(f"{stem}-nodes{ending}"), path.with_name(f"{stem}-edges{ending}")


def node_values(thing: Thing, language: str = "ar") -> dict[str, Value]:
    """What is told of an entity, by column."""
    return {
        "label": thing.named(language),
        "label_ar": thing.arabic,
        "label_en": thing.english or thing.latin,
        "type": thing.type,
        "wikidata": thing.wikidata,
        "mentions": thing.mentions,
        "articles": thing.articles,
    }


def edge_values(edge: Edge) -> dict[str, Value]:
    """What is told of an edge, by column; its weight is the number of claims behind it."""
    relation = RELATIONS[edge.relation]
    return {
        "relation": edge.relation,
        "kind": relation.kind,
        "symmetric": int(relation.symmetric),
        "plover": relation.plover,
        "weight": edge.claims,
        "articles": edge.articles,
        "outlets": edge.outlets,
        "confidence": edge.confidence,
        "first": str(edge.first or ""),
        "last": str(edge.last or ""),
    }


_NODE = node_values(Thing("", "", ""))  # type: ignore[arg-type]
_EDGE = edge_values(Edge("", "visited", "", 0, 0, 0, 0.0, None, None))  # type: ignore[arg-type]


def csv_nodes(store: Store, path: Path, style: str = "gephi", language: str = "ar") -> int:
    """Writes the entities; returns how many."""
    names = list(_NODE)
    heads = {
        "gephi": ["Id", "Label", *names[1:]],
        "neo4j": ["key:ID", "label", *(_typed(name, _NODE[name]) for name in names[1:]), ":LABEL"],
    }
    rows = ((t.key, *node_values(t, language).values(), *_tail(style, t.type)) for t in entities(store))
    return _csv(path, _of(heads, style), rows)


def csv_edges(store: Store, path: Path, style: str = "gephi") -> int:
    """Writes the direct edges; returns how many."""
    names = list(_EDGE)[1:]
    heads = {
        "gephi": ["Source", "Target", "Type", "Label", *names],
        "neo4j": [":START_ID", ":END_ID", ":TYPE", *(_typed(name, _EDGE[name]) for name in names)],
    }
    head = _of(heads, style)
    return _csv(path, head, (_edge_row(store, edge, style) for edge in edges(store)))


def graphml(store: Store, path: Path, language: str = "ar") -> int:
    """Writes nodes and edges with all their values; `symmetric` is 1 for edges that hold both ways. Returns the edges."""
    count = 0
    with written(path) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, values in (("node", _NODE), ("edge", _EDGE)):
            for name, value in values.items():
                xml_type = _XML_TYPE[type(value)]
                out.write(
                    f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{xml_type}"/>\n'
                )
        out.write('<graph edgedefault="directed">\n')
        for thing in entities(store):
            out.write(f"<node id={_quoted(thing.key)}>{_data('node', node_values(thing, language))}</node>\n")
        for edge in edges(store):
            count += 1
            ends = f"source={_quoted(store.iris.key(edge.subject))} target={_quoted(store.iris.key(edge.object))}"
            out.write(f"<edge {ends}>{_data('edge', edge_values(edge))}</edge>\n")
        out.write("</graph>\n</graphml>\n")
    return count


def _edge_row(store: Store, edge: Edge, style: str) -> tuple[Value, ...]:
    name, *rest = edge_values(edge).values()
    ends = (store.iris.key(edge.subject), store.iris.key(edge.object))
    kind = "Undirected" if RELATIONS[edge.relation].symmetric else "Directed"
    return (*ends, kind, name, *rest) if style == "gephi" else (*ends, str(name).upper(), *rest)


def _tail(style: str, type: str) -> tuple[str, ...]:
    return (type,) if style == "neo4j" else ()


def _typed(name: str, value: Value) -> str:
    """A column's name as Neo4j's importer wants it."""
    return name if isinstance(value, str) else f"{name}:{'int' if isinstance(value, int) else 'double'}"


def _of(heads: dict[str, list[str]], style: str) -> list[str]:
    if style not in heads:
        raise InputError(f"no style of CSV is called {style!r}; there are {' and '.join(STYLES)}")
    return heads[style]


def _csv(path: Path, head: list[str], rows: Iterable[tuple[Value, ...]]) -> int:
    count = 0
    with written(path) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        for row in rows:
            count += 1
            writer.writerow(row)
    return count


def _quoted(text: str) -> str:
    return quoteattr(_CONTROL.sub("", text))


def _data(kind: str, values: dict[str, Value]) -> str:
    filled = ((name, value) for name, value in values.items() if value != "")
    return "".join(
        f'<data key="{kind}_{name}">{escape(_CONTROL.sub("", str(v)))}</data>' for name, v in filled
    )
