"""Other SPARQL stores, over HTTP: the graph pushed to them, and queries put to them.

    push(store, target, ledger, report)     every named graph of the store, changed ones only, in batches
    ask(url, text, limits, auth) -> Table   a SELECT or ASK by the SPARQL 1.1 Protocol

Two ways to push, both of SPARQL 1.1: the Graph Store Protocol (PUT replaces a graph, POST adds to it) and SPARQL Update
(DROP and INSERT DATA). A graph that is pushed whole is written into the ledger, a file, with the digest of what it held: a
push that was cut short goes on from there, and a later one sends what has changed and drops what is gone.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from rdflib import BNode, Literal, URIRef

from kg.errors import InputError, OutputError, QueryError, StoreError
from kg.query import Limits, Table, refuse
from kg.store import Cell, Store
from kg.wording import counted, seconds

PROTOCOLS = ("gsp", "update")
_BATCH = {"gsp": 20_000, "update": 2_000}  # triples a request; long updates are more than some stores' parsers bear
_AGAIN = frozenset([408, 425, 429, 500, 502, 503, 504])
_MOST = 60.0  # seconds between two tries


@dataclass(frozen=True, slots=True)
class Target:
    """Where to push and how. `merge` puts all into the default graph, for stores that query no other by default."""

    url: str
    protocol: str = "gsp"
    auth: httpx.Auth | None = None
    token: str = ""
    batch: int = 0
    merge: bool = False
    tries: int = 5
    wait: float = 1.0
    timeout: float = 120.0

    @property
    def size(self) -> int:
        """How many articles go into one request."""
        return self.batch or _BATCH[self.protocol]


@dataclass(slots=True)
class Progress:
    """What a push has done so far: graphs sent, unchanged and dropped, of `total`; triples sent; tries that failed."""

    total: int
    sent: int = 0
    same: int = 0
    dropped: int = 0
    triples: int = 0
    retries: int = 0


Report = Callable[[Progress], None]


def push(store: Store, target: Target, ledger: Path | None = None, report: Report | None = None) -> Progress:
    """Makes the other store hold the named graphs of this one, but for the hours of builds. Raises StoreError when it
    cannot be reached or refuses, and then goes on from there when it is called again."""
    if target.protocol not in PROTOCOLS:
        raise InputError(f"the protocol is one of {', '.join(PROTOCOLS)}, not {target.protocol!r}")
    told = report or (lambda _: None)
    known = _read(ledger)
    graphs = [graph for graph in store.graphs() if graph != str(store.iris.graph("builds"))]
    progress = Progress(len(graphs))
    with _Sender(target, progress) as sender:
        for graph in [] if target.merge else sorted(set(known) - set(graphs)):
            sender.drop(graph)
            progress.dropped += 1
            _write(ledger, graph, "")
        for graph in graphs:
            lines = sorted(store.lines_of(graph))
            digest = _digest(lines)
            if known.get(graph) == digest:
                progress.same += 1
            else:
                sender.replace(graph, lines)
                progress.sent += 1
                _write(ledger, graph, digest)
            told(progress)
    return progress


def ledger_path(folder: Path, target: Target) -> Path:
    """Where the ledger of a target lies beside a graph."""
    name = hashlib.sha256(f"{target.url} {target.merge}".encode()).hexdigest()[:12]
    return folder / "loaded" / f"{name}.tsv"


def _digest(lines: Iterable[str]) -> str:
    made = hashlib.sha256()
    for line in lines:
        made.update(line.encode() + b"\n")
    return made.hexdigest()


def _read(ledger: Path | None) -> dict[str, str]:
    """Graph -> digest; the last line on a graph holds, and a line that was cut short does not."""
    if ledger is None or not ledger.is_file():
        return {}
    known: dict[str, str] = {}
    for line in ledger.read_text(encoding="utf-8").splitlines(keepends=True):
        graph, tab, digest = line.partition("\t")
        if tab and line.endswith("\n"):
            known[graph] = digest.strip()
    return {graph: digest for graph, digest in known.items() if digest}


def _write(ledger: Path | None, graph: str, digest: str) -> None:
    if ledger is None:
        return
    try:
        ledger.parent.mkdir(parents=True, exist_ok=True)
        with ledger.open("a", encoding="utf-8") as out:
            out.write(f"{graph}\t{digest}\n")
    except OSError as error:
        raise OutputError(f"{ledger} cannot be written: {error.strerror or error}") from error


class _Sender:
    """One connection to a target."""

    def __init__(self, target: Target, progress: Progress) -> None:
        self.target = target
        self.progress = progress
        headers = {"Authorization": f"Bearer {target.token}"} if target.token else {}
        self._http = httpx.Client(auth=target.auth, headers=headers, timeout=target.timeout, follow_redirects=True)

    def __enter__(self) -> _Sender:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def replace(self, graph: str, lines: list[str]) -> None:
        """Makes the graph hold exactly these triples; adds them to the default graph where all are merged."""
        send = self._put if self.target.protocol == "gsp" else self._insert
        for first, batch in _batches(lines, self.target.size):
            send(graph, batch, first and not self.target.merge)
            self.progress.triples += len(batch)

    def drop(self, graph: str) -> None:
        if self.target.protocol == "gsp":
            self._send("DELETE", params={"graph": graph}, fine=frozenset([404]))
        else:
            self._update(f"DROP SILENT GRAPH <{graph}>")

    def _put(self, graph: str, lines: list[str], anew: bool) -> None:
        body = "".join(f"{line} .\n" for line in lines)
        # N-Triples is Turtle, and more stores take Turtle.
        self._send(
            "PUT" if anew else "POST",
            params={"default": ""} if self.target.merge else {"graph": graph},
            content=body.encode(),
            headers={"Content-Type": "text/turtle; charset=utf-8"},
        )

    def _insert(self, graph: str, lines: list[str], anew: bool) -> None:
        data = "".join(f"{line} .\n" for line in lines)
        inside = data if self.target.merge else f"GRAPH <{graph}> {{\n{data}}}"
        self._update((f"DROP SILENT GRAPH <{graph}> ;\n" if anew else "") + f"INSERT DATA {{ {inside} }}")

    def _update(self, text: str) -> None:
        self._send("POST", content=text.encode(), headers={"Content-Type": "application/sparql-update; charset=utf-8"})

    def _send(
        self,
        method: str,
        params: dict[str, str] | None = None,
        content: bytes = b"",
        headers: dict[str, str] | None = None,
        fine: frozenset[int] = frozenset(),
    ) -> None:
        """One request, tried again where the fault can pass. Every request can be repeated without harm."""
        failure = ""
        for attempt in range(self.target.tries):
            if attempt:
                self.progress.retries += 1
            pause = min(self.target.wait * 2**attempt, _MOST)
            try:
                answer = self._http.request(method, self.target.url, params=params, content=content, headers=headers)
            except httpx.InvalidURL as error:
                raise InputError(f"{self.target.url!r} is no address of a store: {error}") from error
            except httpx.UnsupportedProtocol as error:
                raise InputError(f"{self.target.url!r} is no address of a store: it begins with http:// or https://") from error
            except httpx.TransportError as error:
                failure = f"cannot be reached ({error or type(error).__name__})"
            else:
                if answer.is_success or answer.status_code in fine:
                    return
                failure = f"answered {answer.status_code} {answer.reason_phrase}{_said(answer)}"
                if answer.status_code not in _AGAIN:
                    raise StoreError(f"{self.target.url} {failure}{_advice(answer.status_code)}")
                pause = _asked_pause(answer, pause)
            if attempt + 1 < self.target.tries:
                time.sleep(pause)
        raise StoreError(f"{self.target.url} {failure}, {counted(self.target.tries, 'time')}; run the same command again to go on from here")


def _batches(lines: list[str], size: int) -> Iterator[tuple[bool, list[str]]]:
    """(True for the first, lines) in batches; an empty graph is one empty batch."""
    source = iter(lines)
    first = True
    while (batch := list(itertools.islice(source, size))) or first:
        yield first, batch
        first = False


def _said(answer: httpx.Response) -> str:
    line = next((line.strip() for line in answer.text.splitlines() if line.strip()), "")
    return f": {line[:200]}" if line else ""


def _advice(status: int) -> str:
    return {
        401: "; give --user (and --digest where the store wants that) or --token",
        403: "; this user may not write there",
        404: "; is this the address of its Graph Store Protocol (or, with --protocol update, of its updates)?",
        405: "; is this the address of its Graph Store Protocol (or, with --protocol update, of its updates)?",
    }.get(status, "")


def _asked_pause(answer: httpx.Response, pause: float) -> float:
    """The seconds that the store asks to wait, where it does."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), _MOST) if asked.isdecimal() else pause


# -- queries ------------------------------------------------------------------------------------------------------


def ask(
    url: str, text: str, limits: Limits | None = None, auth: httpx.Auth | None = None, token: str = ""
) -> Table:
    """A SELECT or an ASK put to another store, under the same limits and refusals as one of the embedded store."""
    limits = limits or Limits()
    refuse(text, limits)
    headers = {"Accept": "application/sparql-results+json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        answer = httpx.post(url, data={"query": text}, headers=headers, auth=auth, timeout=limits.seconds, follow_redirects=True)
    except httpx.TimeoutException:
        raise QueryError(f"the query took longer than {seconds(limits.seconds)} and was given up") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise StoreError(f"{url} cannot be reached: {error or type(error).__name__}") from error
    if not answer.is_success:
        raise QueryError(f"{url} answered {answer.status_code} {answer.reason_phrase}{_said(answer)}")
    try:
        return _table(answer.json(), limits)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{url} did not answer as SPARQL 1.1 has it: {error}") from error


def _table(data: dict[str, object], limits: Limits) -> Table:
    if "boolean" in data:
        return Table(("ask",), ((Literal(bool(data["boolean"])),),))
    head, results = data["head"], data["results"]
    assert isinstance(head, dict) and isinstance(results, dict)
    columns = tuple(str(name) for name in head["vars"])
    rows = [tuple(_cell(row.get(name)) for name in columns) for row in results["bindings"]]
    return Table(columns, tuple(rows[: limits.rows]), len(rows) > limits.rows)


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return None
    if term["type"] == "uri":
        return URIRef(term["value"])
    if term["type"] == "bnode":
        return BNode(term["value"])
    datatype = term.get("datatype", "")
    if term.get("xml:lang") or not datatype or datatype.endswith("#string"):
        return Literal(term["value"], lang=term.get("xml:lang") or None)
    return Literal(term["value"], datatype=URIRef(datatype))
