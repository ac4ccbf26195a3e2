"""The endpoint: asked by a SPARQL client library over a real socket, and by a test client where it must refuse."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rdflib import Graph, URIRef
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from starlette.testclient import TestClient

from kg import query
from kg.asking import endpoint, serve
from kg.asking.endpoint import Job
from kg.graph import article_graph
from kg.query import Limits
from kg.store import Store
from kg.vocab import KG
from tests import questions
from tests.fixtures import RUN, SETTINGS, extraction, extractions

EDGES = f"SELECT ?a ?b WHERE {{ ?a <{KG.met_with}> ?b }} ORDER BY ?a"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    golden = questions.golden()
    with Store.open(folder / "store") as store:
        store.inner.extend(list(golden.inner))
    return folder


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[endpoint.Pool]:
    pool = endpoint.Pool(folder / "store", Limits(3.0, 500), size=1)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def client(pool: endpoint.Pool) -> Iterator[TestClient]:
    with TestClient(serve.application(pool, most=20_000)) as client:
        yield client


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """`kg serve` as a person starts it, on a port that is free."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "-g", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    at = lines[1].split()[1]
    for _ in range(100):
        try:
            httpx.get(at, timeout=5)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield at
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()


# -- a client library ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_a_client_library_asks_in_every_way_of_the_protocol(url: str, folder: Path, how: str) -> None:
    asked = SPARQLWrapper(url)
    if how != "get":
        asked.setMethod(POST)
    if how == "direct":
        asked.setRequestMethod(POSTDIRECTLY)
    asked.setQuery(EDGES)
    asked.setReturnFormat(JSON)
    found = [(row["a"]["value"], row["b"]["value"]) for row in asked.query().convert()["results"]["bindings"]]
    with Store.open(folder / "store", read_only=True) as store:
        want = [tuple(map(str, row)) for row in query.run(store, EDGES).rows]
    assert found == want and len(found) >= 4


def test_a_client_library_reads_every_format(url: str) -> None:
    asked = SPARQLWrapper(url)
    asked.setQuery(EDGES)
    asked.setReturnFormat(XML)
    assert len(asked.query().convert().getElementsByTagName("result")) >= 4
    asked.setReturnFormat(CSV)
    assert asked.query().convert().decode().splitlines()[0] == "a,b"
    asked.setQuery(f"ASK {{ ?a <{KG.met_with}> ?b }}")
    asked.setReturnFormat(JSON)
    assert asked.query().convert()["boolean"] is True
    asked.setQuery(f"CONSTRUCT {{ ?b <{KG.met_with}> ?a }} WHERE {{ ?a <{KG.met_with}> ?b }}")
    asked.setReturnFormat(XML)
    made = asked.query().convert()
    assert len(made) >= 4 and {p for _, p, _ in made} == {KG.met_with}
    asked.setQuery("SELECT * { ?s ?p }")
    asked.setReturnFormat(JSON)
    with pytest.raises(QueryBadFormed):
        asked.query()


def test_rdflib_can_ask_it_by_service(url: str) -> None:
    found = Graph().query(f"SELECT ?b {{ SERVICE <{url}> {{ <{SETTINGS.iris.entity('ref:biden')}> <{KG.met_with}> ?b }} }}")
    assert [row[0] for row in found] == [SETTINGS.iris.entity("ref:putin")]  # type: ignore[index]


@pytest.mark.parametrize("how", [("csv",), ("csv", "--iris"), ("json",), ("tsv",)])
@pytest.mark.parametrize(("name", "given"), [("timeline", "actor=بوتين"), ("who_spoke_with_whom", "since=2021-08"), ("statements_of", "speaker=بيسكوف")])
def test_the_command_answers_by_an_endpoint_as_from_the_graph(url: str, folder: Path, name: str, given: str, how: tuple[str, ...]) -> None:
    words = [sys.executable, "-c", "from kg.cli import main; main()", "query", name, "-p", given, "-g", str(folder), "--format", *how]
    here, there = (
        subprocess.run([*words, *more], capture_output=True, text=True, check=True, timeout=120) for more in ([], ["--endpoint", url])
    )
    assert there.stdout == here.stdout and len(here.stdout) > 100
    assert there.stderr == here.stderr == ""


def test_the_command_tells_what_an_endpoint_refuses_and_keeps_its_limit(url: str, folder: Path) -> None:
    def kg(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "query", *words, "-g", str(folder), "--endpoint", url]
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120)

    few = kg("timeline", "-p", "actor=بوتين", "-f", "csv", "--limit", "2")
    assert few.returncode == 0 and len(few.stdout.splitlines()) == 3 and "more than 2 rows" in few.stderr
    wrong = kg("-", text="SELECT * { ?s ?p }")
    assert wrong.returncode == 6 and wrong.stdout == "" and len(wrong.stderr.strip().splitlines()) == 1 and "answered 400" in wrong.stderr


# -- the protocol's edges -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, text/*", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, */*;q=0.1", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_the_format_is_negotiated(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": EDGES}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(("accept", "format"), [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/ld+json", "json-ld")])
def test_graphs_come_in_formats_of_graphs(client: TestClient, accept: str, format: str) -> None:
    entity = SETTINGS.iris.entity("ref:biden")
    answer = client.get("/sparql", params={"query": f"DESCRIBE <{entity}>"}, headers={"Accept": accept})
    assert (entity, KG.met_with, SETTINGS.iris.entity("ref:putin")) in Graph().parse(data=answer.text, format=format)


def test_graphs_can_be_named_by_the_request(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    one = str(SETTINGS.iris.article_graph("summit"))
    answer = client.get("/sparql", params={"query": count, "default-graph-uri": one, "format": "csv"})
    assert int(answer.text.split()[1]) == len(article_graph(questions.summit(), RUN, SETTINGS).triples)
    named = client.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": one, "format": "csv"})
    assert named.text.split() == ["g", one]


def test_without_a_query_it_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (None, URIRef(sd + "supportedLanguage"), URIRef(sd + "SPARQL11Query")) in graph
    browser = client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (browser.status_code, browser.headers["Location"]) == (303, "/")


UPDATE = "INSERT DATA { <x:a> <x:b> <x:c> }"


@pytest.mark.parametrize(
    ("method", "more", "status"),
    [
        ("POST", {"content": UPDATE, "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("POST", {"data": {"update": UPDATE}}, 403),
        ("POST", {"data": {"query": UPDATE}}, 403),
        ("GET", {"params": {"query": UPDATE}}, 403),
        ("GET", {"params": {"query": "LOAD <http://127.0.0.1:9/>"}}, 403),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400),
        ("GET", {"params": {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}}, 400),
        ("GET", {"params": {"query": "SELECT * {"}}, 400),
        ("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ("POST", {"data": {"no": "query"}}, 400),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"content": "ASK {} #" + "x" * 30_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ("PUT", {"content": "x"}, 405),
        ("DELETE", {}, 405),
        ("GET", {"params": {"query": EDGES}, "headers": {"Accept": "image/png"}}, 406),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "text/csv"}}, 406),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Host": "evil.example"}}, 400),
    ],
)
def test_what_is_refused(client: TestClient, folder: Path, method: str, more: dict[str, object], status: int) -> None:
    answer = client.request(method, "/sparql", **more)  # type: ignore[arg-type]
    assert answer.status_code == status and answer.text.strip() and "\n" not in answer.text.strip()
    assert client.get("/sparql", params={"query": "ASK { <x:a> <x:b> <x:c> }"}).json()["boolean"] is False


def test_a_body_without_a_length_is_cut_off_too(client: TestClient) -> None:
    parts = (b"x" * 5_000 for _ in range(100))
    answer = client.post("/sparql", content=parts, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 413


def test_a_query_that_is_late_is_ended_and_the_next_one_answered(client: TestClient) -> None:
    began = time.monotonic()
    late = client.get("/sparql", params={"query": ENDLESS})
    assert late.status_code == 504 and "3 seconds" in late.text and time.monotonic() - began < 8
    assert client.get("/sparql", params={"query": EDGES}).status_code == 200


def test_long_answers_are_cut_and_say_so(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "format": "json"})
    assert answer.headers["X-Truncated"] == "true" and len(answer.json()["results"]["bindings"]) == 500
    assert "X-Truncated" not in client.get("/sparql", params={"query": EDGES}).headers


def test_what_is_built_meanwhile_is_seen(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.put([article_graph(extraction("summit"), RUN)])
    pool = endpoint.Pool(tmp_path / "store", Limits(10.0), size=1)
    count = Job(f"SELECT (COUNT(?a) AS ?n) {{ ?a a <{KG.Article}> }}", "text/csv")
    try:
        before = pool.ask(count).body
        with Store.open(tmp_path / "store") as store:
            store.put(article_graph(e, RUN) for e in extractions())
        assert (before.split(), pool.ask(count).body.split()) == ([b"n", b"1"], [b"n", b"9"])
    finally:
        pool.close()


# -- pages --------------------------------------------------------------------------------------------------------


def test_the_start_page_leads_to_every_query(client: TestClient) -> None:
    for language in ("ar", "en"):
        page = client.get("/", params={"lang": language}).text
        assert set(re.findall(r'href="/q/(\w+)\?', page)) == set(query.shipped())
        assert f'lang="{language}"' in page and ('dir="rtl"' in page) == (language == "ar")


@pytest.mark.parametrize("name", sorted(query.shipped()))
def test_every_query_has_a_page_that_answers(client: TestClient, name: str) -> None:
    given = questions.CASES[name][0]
    answer = client.get(f"/q/{name}", params={**given, "go": "1", "lang": "en"})
    rows = questions.golden_file(name, 0).read_text("utf-8").count("\n") - 1
    assert answer.status_code == 200 and f"{rows} row{'' if rows == 1 else 's'}" in answer.text


def test_a_page_without_its_parameters_asks_for_them(client: TestClient) -> None:
    page = client.get("/q/timeline")
    assert page.status_code == 200 and "required" in page.text and "<table>" not in page.text
    wrong = client.get("/q/timeline", params={"actor": "قاعدة لا وجود لها", "go": "1"})
    assert wrong.status_code == 400 and "no entity is called" in wrong.text
    assert client.get("/q/nothing").status_code == 404


def test_ones_own_query_and_its_errors(client: TestClient) -> None:
    assert "Joe Biden" in client.get("/ask", params={"query": EDGES, "lang": "en"}).text
    assert client.get("/ask", params={"query": "DROP ALL"}).status_code == 400
    assert "<table>" not in client.get("/ask").text


def test_no_text_of_a_store_becomes_markup(client: TestClient) -> None:
    text = 'SELECT ?x { VALUES ?x { "<script>alert(1)</script>" <x:a\'onmouseover=alert(1)> } }'
    answer = client.get("/ask", params={"query": text})
    assert "<script" not in answer.text and "'onmouseover" not in answer.text
    for path in ("/", "/ask", "/sparql?query=ASK{}", "/page.css"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'") and headers["X-Content-Type-Options"] == "nosniff"
