"""Pushing over HTTP when the other side is slow, busy, wrong or gone: a small server on loopback plays the store."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from rdflib import Literal, URIRef

from kg.errors import InputError, QueryError, StoreError
from kg.query import Limits
from kg.storage import remote
from kg.storage.remote import Target
from kg.store import Store
from kg.vocab import XSD
from tests.fixtures import corpus


class Fake(ThreadingHTTPServer):
    """Keeps what it is sent; answers what `script` says, in turn, and then 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[tuple[int, dict[str, str]]] = []
        self.body = b""
        self.graphs: dict[str, list[str]] = {}
        self.requests: list[tuple[str, str, dict[str, str], str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/store"


class Handler(BaseHTTPRequestHandler):
    server: Fake

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        status, headers = self.server.script.pop(0) if self.server.script else (200, {})
        if status == 0:  # a broken line
            self.connection.close()
            return
        graph = parse_qs(urlsplit(self.path).query, keep_blank_values=True).get("graph", ["default"])[0]
        if status < 300 and self.command in {"PUT", "POST", "DELETE"}:
            kept = [] if self.command != "POST" else self.server.graphs.get(graph, [])
            self.server.graphs[graph] = kept + body.splitlines()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def store() -> Store:
    return corpus()


def target(fake: Fake, **more: Any) -> Target:
    return Target(fake.url, wait=0.01, **more)


def test_graphs_arrive_in_batches_the_first_of_which_replaces(fake: Fake, store: Store) -> None:
    done = remote.push(store, target(fake, batch=500))
    sent = {graph: sorted(lines) for graph, lines in fake.graphs.items()}
    want = {g: sorted(f"{line} ." for line in store.lines_of(g)) for g in store.graphs() if not g.endswith("/builds")}
    assert sent == want and done.triples == sum(map(len, want.values()))
    first = {}
    for method, path, headers, body in fake.requests:
        assert method == first.setdefault(path, "PUT") or method == "POST"
        first[path] = "POST"
        assert headers["Content-Type"].startswith("text/turtle") and body.count("\n") <= 500


@pytest.mark.parametrize("fault", [(503, {}), (429, {"Retry-After": "0"}), (0, {}), (500, {})])
def test_what_can_pass_is_tried_again(fake: Fake, store: Store, fault: tuple[int, dict[str, str]]) -> None:
    fake.script = [fault, fault]
    done = remote.push(store, target(fake))
    assert done.retries == 2 and len(fake.graphs) == done.total


def test_a_push_that_is_cut_short_goes_on_from_there(fake: Fake, store: Store, tmp_path: Path) -> None:
    ledger = tmp_path / "deep" / "ledger"
    fake.script = [(200, {})] * 4 + [(503, {})] * 3
    with pytest.raises(StoreError, match="3 times; run the same command again"):
        remote.push(store, target(fake, tries=3), ledger)
    with ledger.open("a", encoding="utf-8") as out:
        out.write("x:half-a-li")  # the power went while this was written
    seen: list[tuple[int, int]] = []
    done = remote.push(store, target(fake), ledger, lambda p: seen.append((p.sent, p.same)))
    assert (done.same, done.sent) == (4, done.total - 4) and done.dropped == 0
    assert seen[-1] == (done.sent, 4) and len(seen) == done.total
    assert len(fake.graphs) == done.total


@pytest.mark.parametrize(("status", "advice"), [(401, "--user"), (403, "may not write"), (404, "--protocol update"), (400, "answered 400")])
def test_what_cannot_pass_is_told_at_once(fake: Fake, store: Store, status: int, advice: str) -> None:
    fake.script = [(status, {})]
    fake.body = b"the store's own words\nand more"
    with pytest.raises(StoreError, match=advice) as caught:
        remote.push(store, target(fake))
    assert len(fake.requests) == 1 and "the store's own words" in str(caught.value) and "more" not in str(caught.value)


def test_nobody_there(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        remote.push(store, Target("http://127.0.0.1:9/store", tries=2, wait=0.01))
    for url in ("ftp://127.0.0.1/", "127.0.0.1:7878/store", "http://[::1"):
        with pytest.raises(InputError, match="no address"):
            remote.push(store, Target(url, tries=1))
    with pytest.raises(InputError, match="gsp, update"):
        remote.push(store, Target("http://127.0.0.1:9/", "ftp"))


def test_who_pushes_is_told(fake: Fake, store: Store) -> None:
    remote.push(store, target(fake, token="secret"))
    assert all(headers["Authorization"] == "Bearer secret" for _, _, headers, _ in fake.requests)
    fake.requests.clear()
    remote.push(store, target(fake, auth=httpx.BasicAuth("a", "b")))
    assert all(headers["Authorization"].startswith("Basic ") for _, _, headers, _ in fake.requests)


def test_updates_replace_a_graph_and_add_the_rest(fake: Fake, store: Store) -> None:
    remote.push(store, target(fake, protocol="update", batch=300))
    bodies = [body for _, _, _, body in fake.requests]
    assert sum(body.startswith("DROP SILENT GRAPH") for body in bodies) == len(store.graphs()) - 1
    assert all("INSERT DATA" in body for body in bodies)
    other = Store.open()
    for body in bodies:
        other.inner.update(body)
    assert {g: set(other.lines_of(g)) for g in other.graphs()} == {
        g: set(store.lines_of(g)) for g in store.graphs() if not g.endswith("/builds")
    }


def test_merging_drops_nothing(fake: Fake, store: Store) -> None:
    remote.push(store, target(fake, merge=True))
    assert set(fake.graphs) == {"default"} and {method for method, *_ in fake.requests} == {"POST"}


def test_answers_become_tables(fake: Fake) -> None:
    fake.body = json.dumps(
        {
            "head": {"vars": ["a", "b"]},
            "results": {
                "bindings": [
                    {"a": {"type": "uri", "value": "x:a"}, "b": {"type": "literal", "value": "ص", "xml:lang": "ar"}},
                    {"b": {"type": "typed-literal", "value": "7", "datatype": str(XSD.integer)}},
                ]
            },
        }
    ).encode()
    table = remote.ask(fake.url, "SELECT ?a ?b {}", Limits(rows=1))
    assert table.rows == ((URIRef("x:a"), Literal("ص", lang="ar")),) and table.truncated
    assert remote.ask(fake.url, "SELECT ?a ?b {}").rows[1] == (None, Literal("7", datatype=XSD.integer))
    fake.body = b'{"head": {}, "boolean": true}'
    assert remote.ask(fake.url, "ASK {}").rows == ((Literal(True),),)
    fake.body = b"<html>"
    with pytest.raises(StoreError, match=r"SPARQL 1\.1"):
        remote.ask(fake.url, "ASK {}")
    with pytest.raises(QueryError, match="only read"):
        remote.ask(fake.url, "DROP ALL")


def kg(words: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", "from kg.cli import main; main()", *words], input=text, capture_output=True, text=True, timeout=60)


def test_the_command_asks_an_endpoint_with_the_same_parameters_and_limits(fake: Fake, tmp_path: Path) -> None:
    who = "https://w3id.org/kg-arabic-news/data/e/vladimir_putin"
    fake.body = json.dumps(
        {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": who}}, {"a": {"type": "uri", "value": "x:b"}}]}}
    ).encode()
    command = ["query", "timeline", "-g", str(tmp_path), "--endpoint", fake.url, "-p", f"actor={who}", "-f", "csv", "--iris", "--limit", "1"]
    done = kg([*command, "--token", "secret"])
    assert done.returncode == 0, done.stderr
    assert who in done.stdout and "x:b" not in done.stdout and "more than 1 row;" in done.stderr
    ((_, _, headers, body),) = fake.requests
    assert headers["Authorization"] == "Bearer secret"
    asked = parse_qs(body)["query"][0]
    assert f"VALUES ?actor {{ <{who}> }}" in asked
    fake.requests.clear()
    mine = kg(["query", "-", "-g", str(tmp_path), "--endpoint", fake.url], "SELECT ?a { ?a a kg:Person }")
    assert mine.returncode == 0 and "PREFIX kg: <" in parse_qs(fake.requests[0][3])["query"][0]
    fake.requests.clear()
    refused = kg(["query", "-", "-g", str(tmp_path), "--endpoint", fake.url], "DROP ALL")
    assert refused.returncode != 0 and not fake.requests
