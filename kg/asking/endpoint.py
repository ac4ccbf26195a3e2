"""Queries answered in processes of their own, so that one that runs too long can be ended: the engine of kg.asking.serve.

    Pool(folder, limits, size).ask(job) -> Answer       in a worker; a worker that is late is killed and replaced
    answer(store, job, limits) -> Answer                the same in this process
    negotiate(accept, offered) -> str                   the media type that a client likes best of those offered

A job is a query of the SPARQL 1.1 Protocol, or a shipped query with parameters as people write them, for a page.
"""

from __future__ import annotations

import io
import multiprocessing as mp
import queue
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rdflib import URIRef

from kg import query, wording
from kg.asking import results
from kg.errors import KgError, QueryError
from kg.query import Limits, Table
from kg.rdf import sparql
from kg.rdf.terms import Cell, serialize, stream, to_rdflib
from kg.store import Store, on_disk

TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
YES_NO = {media: format for media, format in TABLES.items() if format in {"json", "xml"}}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}


PAGE = 2_000  # the most rows that a page shows


@dataclass(frozen=True, slots=True)
class Job:
    """A query to answer. With `name` a shipped query, answered as a `Shown`; else `text`, answered in a format of `accept`."""

    text: str = ""
    accept: str = "*/*"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    name: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    language: str = "ar"
    page: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table for a page: each cell its text and, for an IRI, the IRI; the query that was run; how names were understood."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    truncated: bool
    sparql: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What HTTP sends: status, media type, body; or what a page shows."""

    status: int
    media: str = "text/plain; charset=utf-8"
    body: bytes = b""
    truncated: bool = False
    shown: Shown | None = None


def answer(store: Store, job: Job, limits: Limits) -> Answer:
    """The answer to a job; every error that a client can cause is an answer of 400 or 406 with one line."""
    try:
        if job.page:
            return _shown(store, job, limits)
        query.refuse(job.text, limits)
        return _protocol(store, job, limits)
    except KgError as error:
        return _wrong(400, str(error))
    except (SyntaxError, ValueError) as error:
        return _wrong(400, f"the query is wrong: {error}")
    except (OSError, RuntimeError) as error:
        return _wrong(500, f"the query failed: {error}")


def _wrong(status: int, message: str) -> Answer:
    return Answer(status, body=f"{' '.join(message.split())}\n".encode())


def _protocol(store: Store, job: Job, limits: Limits) -> Answer:
    found = stream(store.inner, job.text, job.default_graphs, job.named_graphs)
    offered = {"select": TABLES, "ask": YES_NO, "graph": GRAPHS}[found.kind]
    media = negotiate(job.accept, list(offered))
    if not media:
        return _wrong(406, f"this answer comes as {', '.join(offered)}")
    rows: list[Any] = []
    truncated = False
    for row in found.rows:
        if len(rows) == limits.rows:
            truncated = True
            break
        rows.append(row)
    if found.kind == "graph":
        out = io.BytesIO()
        serialize(rows, out, offered[media])
        return Answer(200, _utf8(media), out.getvalue(), truncated)
    table = Table(found.columns, tuple(tuple(to_rdflib(cell) for cell in row) for row in rows))
    return Answer(200, _utf8(media), results.written(table, offered[media]).encode(), truncated)


def _utf8(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _shown(store: Store, job: Job, limits: Limits) -> Answer:
    notes: list[str] = []
    text = query.prepared(store, query.load(job.name), job.given, notes.append) if job.name else job.text
    table = query.run(store, text, Limits(limits.seconds, min(limits.rows, PAGE), limits.allowed))
    names = query.named(store, table, job.language)
    rows = tuple(
        tuple(_cell(cell, name) for cell, name in zip(row, shown, strict=True))
        for row, shown in zip(table.rows, names.rows, strict=True)
    )
    return Answer(200, shown=Shown(table.columns, rows, table.truncated, text, tuple(notes)))


def _cell(cell: Cell, name: Cell) -> tuple[str, str]:
    return ("" if name is None else str(name), str(cell) if isinstance(cell, URIRef) else "")


def negotiate(accept: str, offered: Sequence[str]) -> str:
    """The media type of `offered` that `accept` likes best, the earlier of equals; empty when it takes none.

    >>> negotiate("text/html, application/sparql-results+xml;q=0.9, */*;q=0.1", list(TABLES))
    'application/sparql-results+xml'
    >>> negotiate("image/png", list(TABLES))
    ''
    """
    wanted = [_range(part) for part in (accept or "*/*").split(",")]
    best, liking = "", 0.0
    for media in offered:
        fits = [(precise, q) for pattern, precise, q in wanted if pattern in {media, media.partition("/")[0] + "/*", "*/*"}]
        q = max(fits)[1] if fits else 0.0
        if q > liking:
            best, liking = media, q
    return best


def _range(part: str) -> tuple[str, int, float]:
    """(media range, how precise it is, its weight) of a part of an Accept header."""
    pattern, *parameters = (word.strip().lower() for word in part.split(";"))
    weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        q = float(weight)
    except ValueError:
        q = 0.0
    return pattern, 0 if pattern == "*/*" else 1 if pattern.endswith("/*") else 2, q


# -- workers ------------------------------------------------------------------------------------------------------


class Pool:
    """A few worker processes over one store on disk. Safe to use from several threads."""

    def __init__(self, folder: Path, limits: Limits, size: int = 2) -> None:
        self.folder = folder
        self.limits = limits
        self._free: queue.Queue[_Worker] = queue.Queue()
        self._all = [_Worker(folder, limits) for _ in range(size)]
        for worker in self._all:
            self._free.put(worker)

    def ask(self, job: Job) -> Answer:
        """The answer; 503 when no worker is free in time, 504 (and a new worker) when it takes too long."""
        try:
            worker = self._free.get(timeout=self.limits.seconds)
        except queue.Empty:
            return _wrong(503, "all workers are busy; try again")
        try:
            return worker.ask(job)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """Ends all worker processes."""
        for worker in self._all:
            worker.stop()


class _Worker:
    """A process that answers one job at a time; started when it is first asked."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._arguments = (folder, limits)
        self._process: Any = None
        self._line: Connection | None = None

    def ask(self, job: Job) -> Answer:
        line = self._line
        if line is None or not self._process.is_alive():
            line = self._start()
        seconds = self._arguments[1].seconds
        try:
            line.send(job)
            if line.poll(seconds):
                found: Answer = line.recv()
                return found
        except (EOFError, OSError):
            self.stop()
            return _wrong(500, "the query ended its worker; it may need more memory than there is")
        self.stop()
        return _wrong(504, f"the query took longer than {wording.seconds(seconds)} and was ended")

    def _start(self) -> Connection:
        self.stop()
        context = mp.get_context("spawn")
        line, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, *self._arguments), daemon=True)
        self._process.start()
        other.close()
        self._line = line
        line.poll(60)  # it says when it is ready: loading the program is not the query's time
        line.recv()
        return line

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._line is not None:
            self._line.close()
            self._line = None


def _work(line: Connection, folder: Path, limits: Limits) -> None:
    """The life of a worker: it opens the store anew whenever somebody else has written to it."""
    # The pool ends what is late; the limit inside only has to be later.
    inside = Limits(limits.seconds * 10, limits.rows, limits.allowed)
    opened: tuple[object, Store] | None = None
    line.send("ready")
    while True:
        try:
            job = line.recv()
        except EOFError:
            return
        try:
            state = on_disk(folder)
            if opened is None or opened[0] != state:
                opened = (state, Store.open(folder, read_only=True))
            line.send(answer(opened[1], job, inside))
        except (KgError, OSError) as error:
            line.send(_wrong(500, str(error)))


def is_update(text: str) -> bool:
    """True for what the Protocol calls an update."""
    return sparql.is_update(text)


__all__ = ["GRAPHS", "TABLES", "Answer", "Job", "Pool", "QueryError", "Shown", "answer", "is_update", "negotiate"]
