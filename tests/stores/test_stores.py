"""The graph pushed to two real stores that have nothing in common; the shipped queries say there what they say at home."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import query
from kg.errors import StoreError
from kg.query import Limits
from kg.storage import dumps, remote
from kg.storage.remote import Target
from kg.store import Store
from tests import questions
from tests.stores import servers
from tests.stores.servers import Server

pytestmark = [pytest.mark.stores, pytest.mark.xdist_group("stores")]
COUNT = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?g), 'https://w3id.org/kg-arabic-news/')) } GROUP BY ?g"


@pytest.fixture(scope="module")
def store() -> Store:
    return questions.golden()


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with getattr(servers, request.param)(tmp_path_factory.mktemp(request.param)) as running:
        yield running


def target(server: Server, protocol: str = "gsp", **more: object) -> Target:
    url = server.gsp if protocol == "gsp" else server.update
    return Target(url, protocol, server.auth, tries=2, **more)  # type: ignore[arg-type]


def there(server: Server) -> dict[str, int]:
    """How many triples each named graph of the project holds there."""
    return {str(graph): int(str(count)) for graph, count in remote.ask(server.query, COUNT).rows}


def here(store: Store) -> dict[str, int]:
    builds = str(store.iris.graph("builds"))
    return {graph: sum(1 for _ in store.lines_of(graph)) for graph in store.graphs() if graph != builds}


@pytest.mark.parametrize("protocol", remote.PROTOCOLS)
def test_every_graph_arrives_whole_by_either_protocol(store: Store, server: Server, protocol: str, tmp_path: Path) -> None:
    for graph in here(store):
        remote.push(Store.open(), target(server, protocol), _ledger_of([graph], tmp_path / "old"))  # drops what is there
    assert there(server) == {}
    ledger = tmp_path / "ledger"
    done = remote.push(store, target(server, protocol, batch=700), ledger)
    assert there(server) == here(store) and done.sent == len(here(store))
    assert remote.push(store, target(server, protocol), ledger).sent == 0


def _ledger_of(graphs: list[str], path: Path) -> Path:
    path.write_text("".join(f"{graph}\told\n" for graph in graphs), encoding="utf-8")
    return path


def test_what_changed_is_sent_and_what_is_gone_is_dropped(store: Store, server: Server, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    remote.push(store, target(server), ledger)
    less = questions.golden()
    less.remove("strike")
    done = remote.push(less, target(server), ledger)
    assert (done.sent, done.dropped) == (1, 1)
    assert there(server) == here(less)
    remote.push(store, target(server), ledger)
    assert there(server) == here(store)


def test_the_shipped_queries_answer_as_at_home(store: Store, server: Server) -> None:
    remote.push(store, target(server))
    wrong = []
    for name, number, given in questions.cases():
        text = query.prepared(store, query.load(name), given)
        table = query.named(store, remote.ask(server.query, text), "en")
        rows = [["" if cell is None else questions.cell_text(str(cell)) for cell in row] for row in (table.columns, *table.rows)]
        told = ["\t".join(row) for row in rows]
        want = questions.golden_file(name, number).read_text(encoding="utf-8").splitlines()
        # Stores sort what is not bound, and letters, in ways of their own; the rows are the same.
        if told[0] != want[0] or sorted(told) != sorted(want):
            wrong.append((name, number))
    assert wrong == []


def test_a_wrong_password_is_told_at_once(server: Server, store: Store) -> None:
    if server.auth is None:
        pytest.skip("this store asks nobody for a password")
    import httpx

    with pytest.raises(StoreError, match=r"401.*--user"):
        remote.push(store, Target(server.gsp, auth=httpx.DigestAuth("dba", "wrong"), tries=1))


def test_wrong_queries_and_wrong_addresses_are_one_line(server: Server) -> None:
    from kg.errors import QueryError

    with pytest.raises(QueryError, match=r"answered [45]") as caught:
        remote.ask(server.query, "SELECT * { ?s ?p }", Limits(seconds=20))
    assert "\n" not in str(caught.value)


def test_a_store_without_a_union_is_served_by_merging(store: Store, tmp_path: Path) -> None:
    with servers.oxigraph(tmp_path, union=False) as server:
        remote.push(store, Target(server.gsp))
        text = query.prepared(store, query.load("visits"), {})
        assert not remote.ask(server.query, text).rows
        remote.push(store, Target(server.gsp, merge=True))
        assert remote.ask(server.query, text).rows == query.run(store, text).rows


def test_oxigraphs_own_loader_reads_the_gzipped_export(store: Store, tmp_path: Path) -> None:
    binary = servers.need(servers.OXIGRAPH, "Oxigraph's server (PyPI: oxigraph)")
    dumps.dump(store, tmp_path / "graph.nq.gz")
    subprocess.run([binary, "load", "--location", "db", "--file", "graph.nq.gz"], cwd=tmp_path, check=True, capture_output=True)
    with Store.open(tmp_path / "db", read_only=True) as loaded:
        builds = store.iris.graph("builds").n3()
        assert set(loaded.lines()) == {line for line in store.lines() if line[1] != builds}


def test_virtuosos_own_loader_reads_both_exports(store: Store, tmp_path: Path) -> None:
    isql = servers.need(shutil.which("isql-vt"), "Virtuoso's isql (Debian: virtuoso-opensource)")
    dumps.dump(store, tmp_path / "graph.nq.gz")
    dumps.merged(store, tmp_path / "graph.ttl")
    merged = "https://w3id.org/kg-arabic-news/"
    with servers.virtuoso(tmp_path) as server:
        port = re.findall(r"^ServerPort = (127\S+)", (tmp_path / "virtuoso.ini").read_text("utf-8"), re.MULTILINE)[0]
        for file, graph in (("graph.nq.gz", ""), ("graph.ttl", merged)):
            load = f"ld_dir('{tmp_path}', '{file}', '{graph}'); rdf_loader_run(); checkpoint;"
            subprocess.run([isql, port, "dba", "dba", f"exec={load}"], check=True, capture_output=True, timeout=120)
        found = there(server)
    assert found.pop(merged) == sum(line.endswith(" .") for line in ntriples(store, tmp_path))
    assert found == here(store)


def ntriples(store: Store, folder: Path) -> list[str]:
    dumps.dump(store, folder / "graph.nt", background=False)
    return (folder / "graph.nt").read_text("utf-8").splitlines()
