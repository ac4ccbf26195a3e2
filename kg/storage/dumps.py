"""The store as files: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML; sorted, streaming, the same bytes each time.

    dump(store, path, format, …)      one file; a name that ends in .gz is gzipped; the format follows from the name
    merged(store, path)               graph.ttl: every graph but the background's, without named graphs

Every format is written from the store's quads as N-Triples lines, sorted on disk where they are many (runs of lines that
are merged), so that memory does not grow with the store and the bytes depend on nothing but what the store says. The graph
of the builds (when runs were started) is left out unless `everything` is asked for.
"""

from __future__ import annotations

import contextlib
import gzip
import heapq
import io
import itertools
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import InputError, OutputError
from kg.rdf.terms import parse_lines, serialize_xml
from kg.store import Store
from kg.vocab import PREFIXES

FORMATS = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
NAMED = frozenset(["trig", "nquads", "jsonld"])  # those that keep named graphs
_RUN = 25_000  # lines held in memory at a time
_FAN = 100  # sorted files that are merged at a time
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# One N-Triples term: an IRI, or a literal with its language or datatype.
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def dump(
    store: Store,
    path: Path,
    format: str = "",
    background: bool = True,
    everything: bool = False,
) -> int:
    """Writes the store (without the hours of builds) to `path`; returns the number of lines that were sorted.

    Formats without named graphs (Turtle, N-Triples, RDF/XML) hold each triple once. The file appears whole or not at all.
    """
    name = format or guess(path)
    if name not in FORMATS:
        raise InputError(f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    left_out = {str(store.iris.graph("builds"))} if not everything else set()
    if not background:
        left_out.add(str(store.iris.graph("background")))
    count = itertools.count()
    with tempfile.TemporaryDirectory(prefix="kg-dump-") as folder:
        lines = sorted_lines(_lines(store, left_out, name in NAMED, name == "nquads", count), Path(folder))
        with written(path) as out:
            _WRITERS[name](lines, out, store.iris.base)
    return next(count)


def merged(store: Store, path: Path) -> int:
    """The merged Turtle dump: what articles say, without the background's edges."""
    return dump(store, path, "turtle", background=False)


def guess(path: Path) -> str:
    """The format that a file's name asks for, such as turtle for `graph.ttl.gz`."""
    suffix = Path(path.name.removesuffix(".gz")).suffix
    for name, ending in FORMATS.items():
        if ending == suffix:
            return name
    raise InputError(
        f"the name {path.name} does not say its format; let it end in {', '.join(FORMATS.values())}, .graphml or .csv"
    )


@contextlib.contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file that appears under its name when it is complete; gzipped, without a time stamp, for `….gz`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            raw: IO[bytes] = stack.enter_context(part.open("wb"))
            if path.name.endswith(".gz"):
                raw = cast("IO[bytes]", stack.enter_context(cast(Any, gzip.GzipFile("", "wb", 6, raw, mtime=0))))
            text = stack.enter_context(
                io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=False)
            )
            yield text
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def sorted_lines(lines: Iterable[str], folder: Path, run: int = _RUN, fan: int = _FAN) -> Iterator[str]:
    """The lines sorted, each once; past `run` lines by merging sorted files in `folder`, no more than `fan` of a size at a
    time, so that neither memory nor the number of open files grows with the lines."""
    source = iter(lines)
    names = (folder / f"run-{n}.txt" for n in itertools.count())
    levels: list[list[Path]] = [[]]
    while chunk := list(itertools.islice(source, run)):
        chunk.sort()
        if len(chunk) < run and levels == [[]]:
            return iter(_distinct(chunk))
        levels[0].append(_kept(chunk, next(names)))
        for n, files in enumerate(levels):
            if len(files) < fan:
                break
            if n + 1 == len(levels):
                levels.append([])
            levels[n + 1].append(_kept(_distinct(heapq.merge(*map(_read, files))), next(names)))
            for file in files:
                file.unlink()
            files.clear()
    return _distinct(heapq.merge(*map(_read, itertools.chain.from_iterable(levels))))


def _kept(lines: Iterable[str], file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines)
    return file


def _read(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="\n") as handle:
        for line in handle:
            yield line.removesuffix("\n")


def _distinct(lines: Iterable[str]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line
            last = line


def _lines(store: Store, left_out: set[str], named: bool, quads: bool, count: Iterator[int]) -> Iterator[str]:
    """`s p o` lines; with `named` the graph stands first (to sort by it), with `quads` last."""
    skip = {f"<{graph}>" for graph in left_out}
    for triple, graph in store.lines():
        if graph in skip:
            continue
        next(count)
        if quads:
            yield f"{triple} {graph}" if graph else triple
        else:
            yield f"{graph}\t{triple}" if named else triple


# -- the formats: (sorted lines, output, base of the data) ---------------------------------------------------------


def _plain(lines: Iterator[str], out: IO[str], base: str) -> None:
    for line in lines:
        out.write(f"{line} .\n")


def _turtle(lines: Iterator[str], out: IO[str], base: str) -> None:
    short = _Shortener(base)
    short.head(out)
    _subjects(lines, out, short, "")


def _trig(lines: Iterator[str], out: IO[str], base: str) -> None:
    short = _Shortener(base)
    short.head(out)
    for graph, group in itertools.groupby(lines, key=lambda line: line.partition("\t")[0]):
        triples = (line.partition("\t")[2] for line in group)
        out.write(f"{short(graph)} {{\n" if graph else "")
        _subjects(triples, out, short, "    " if graph else "")
        out.write("}\n\n" if graph else "")


def _subjects(lines: Iterator[str], out: IO[str], short: _Shortener, indent: str) -> None:
    """Triples of one subject together, its types first, then predicates and objects in order."""
    for subject, group in itertools.groupby(map(split, lines), key=lambda t: t[0]):
        triples = sorted(group, key=lambda t: (t[1] != _TYPE, t[1], t[2]))
        out.write(f"{indent}{short(subject)}")
        for i, (predicate, objects) in enumerate(itertools.groupby(triples, key=lambda t: t[1])):
            verb = "a" if predicate == _TYPE else short(predicate)
            lead = " " if i == 0 else f" ;\n{indent}    "
            out.write(f"{lead}{verb} {', '.join(short(o) for _, _, o in objects)}")
        out.write(" .\n\n" if not indent else " .\n")


def split(line: str) -> tuple[str, str, str]:
    """The three terms of an N-Triples line without its full stop.

    >>> split('<a> <b> "c d"@en')
    ('<a>', '<b>', '"c d"@en')
    """
    subject, predicate, object = line.split(" ", 2)
    return subject, predicate, object


class _Shortener:
    """N-Triples terms as Turtle writes them: prefixed names where that is safe, integers bare."""

    def __init__(self, base: str) -> None:
        self.prefixes = {**PREFIXES, **{p: f"{base}{path}" for p, path in _DATA_PREFIXES.items()}}
        self._by_namespace = {namespace: prefix for prefix, namespace in self.prefixes.items()}
        self._memo: dict[str, str] = {}

    def head(self, out: IO[str]) -> None:
        for prefix, namespace in sorted(self.prefixes.items()):
            out.write(f"@prefix {prefix}: <{namespace}> .\n")
        out.write("\n")

    def __call__(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        known = self._memo.get(term)
        if known is None:
            known = self._iri(term[1:-1]) if term[0] == "<" else term
            if len(self._memo) < 50_000:
                self._memo[term] = known
        return known

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else f"<{iri}>"

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        text, _, datatype = term.rpartition("^^")
        if datatype == f"<{_INTEGER}>" and text[1:-1].isdecimal():
            return text[1:-1]
        return f"{text}^^{self(datatype)}"


# Only those whose local names are plain: an entity of the reference data, an article, an outlet, a claim, a day.
_DATA_PREFIXES = {"e": "e/", "article": "a/", "claim": "claim/", "day": "day/", "g": "g/", "run": "run/"}


def _jsonld(lines: Iterator[str], out: IO[str], base: str) -> None:
    """Expanded JSON-LD: an array of graphs, one a line, so that no context must be fetched."""
    out.write("[")
    between = ""
    for graph, group in itertools.groupby(lines, key=lambda line: line.partition("\t")[0]):
        triples = (split(line.partition("\t")[2]) for line in group)
        out.write(f'{between}\n{{"@id": {json.dumps(graph[1:-1])}, "@graph": [' if graph else between)
        inner = ""
        for subject, rest in itertools.groupby(triples, key=lambda t: t[0]):
            out.write(f"{inner}\n{_node(subject, rest)}")
            inner = ","
        out.write("]}" if graph else "")
        between = ","
    out.write("\n]\n")


def _node(subject: str, triples: Iterable[tuple[str, str, str]]) -> str:
    node: dict[str, object] = {"@id": subject[1:-1]}
    for predicate, group in itertools.groupby(triples, key=lambda t: t[1]):
        objects = [o for _, _, o in group]
        if predicate == _TYPE:
            node["@type"] = [o[1:-1] for o in objects]
        else:
            node[predicate[1:-1]] = [_value(o) for o in objects]
    return json.dumps(node, ensure_ascii=False)


def _value(term: str) -> dict[str, str]:
    match = _LITERAL.fullmatch(term)
    if match is None:
        return {"@id": term[1:-1]}
    value = {"@value": _unescape(match[1])}
    if match[2]:
        value["@language"] = match[2]
    elif match[3]:
        value["@type"] = match[3]
    return value


_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescape(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", plain, text)


def _rdfxml(lines: Iterator[str], out: IO[str], base: str) -> None:
    out.flush()
    serialize_xml(parse_lines(f"{line} .\n".encode() for line in lines), out.buffer, PREFIXES)  # type: ignore[attr-defined]


_WRITERS: dict[str, Callable[[Iterator[str], IO[str], str], None]] = {
    "turtle": _turtle,
    "trig": _trig,
    "ntriples": _plain,
    "nquads": _plain,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}
