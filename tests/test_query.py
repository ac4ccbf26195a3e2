"""Queries by name and from files: parameters as people write them, limits, refusals, names for IRIs, formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg import query
from kg.asking import results
from kg.errors import InputError, QueryError
from kg.query import Limits
from kg.store import Store
from kg.vocab import XSD
from tests import questions
from tests.fixtures import SETTINGS

MADE = SETTINGS.iris
ONE = "SELECT ?who WHERE { VALUES ?who { UNDEF } ?who <https://w3id.org/kg-arabic-news/ontology#condemned> ?whom }"


@pytest.fixture(scope="module")
def store() -> Store:
    return questions.golden()


def test_a_query_is_found_by_name_or_file(tmp_path: Path) -> None:
    assert query.load("timeline").theme == "actors"
    (tmp_path / "mine.rq").write_text("#+ summary: Mine?\nSELECT * { ?s ?p ?o }", encoding="utf-8")
    assert query.load(str(tmp_path / "mine.rq")).summary == "Mine?"
    with pytest.raises(InputError, match="timeline"):
        query.load("timelines")
    with pytest.raises(InputError, match="cannot be read"):
        query.load(str(tmp_path / "none.rq"))


@pytest.mark.parametrize(
    ("header", "wrong"),
    [("#+ summary no colon", "no colon"), ("#+ parameter x: colour | a colour | لون", "colour")],
)
def test_a_header_that_breaks_the_form_is_told(header: str, wrong: str) -> None:
    with pytest.raises(QueryError, match=wrong):
        query.parse("mine", f"{header}\nSELECT * {{ ?s ?p ?o }}")


def test_parameters_of_every_type(store: Store) -> None:
    text = "\n".join(
        f"#+ parameter {name}: {type} | help | مساعدة"
        for name, type in {"e": "entity", "r": "relation", "d": "date", "until": "date", "n": "integer", "t": "text"}.items()
    )
    blocks = " ".join(f"VALUES ?{name} {{ UNDEF }}" for name in ("e", "r", "d", "until", "n", "t"))
    asked = query.parse("mine", f"{text}\nSELECT * {{ {blocks} }}")
    given = {"e": "بوتين", "r": "spoke", "d": "2021-08", "until": "2021-02", "n": "007", "t": '"} DROP ALL #\n'}
    ((*row,),) = query.ask(store, asked, given).rows
    told = dict(zip(query.ask(store, asked, given).columns, row, strict=True))
    assert told["e"] == MADE.entity("ref:putin")
    assert str(told["r"]).endswith("#spoke_with")
    assert told["d"] == Literal("2021-08-01", datatype=XSD.date)
    assert told["until"] == Literal("2021-02-28", datatype=XSD.date)
    assert str(told["n"]) == "7" and str(told["t"]) == given["t"]


@pytest.mark.parametrize(
    ("name", "given", "wrong"),
    [
        ("timeline", {}, "needs --param actor"),
        ("timeline", {"actor": "بوتين", "colour": "x"}, "no parameter 'colour'"),
        ("timeline", {"actor": "قاعدة لا وجود لها"}, "no entity"),
        ("timeline", {"actor": "بوتين", "since": "yesterday"}, "wants a day"),
        ("who_spoke_with_whom", {"relation": "hugged"}, "no relation"),
        ("corroborated", {"least": "two"}, "whole number"),
    ],
)
def test_wrong_parameters_are_told(store: Store, name: str, given: dict[str, str], wrong: str) -> None:
    with pytest.raises(QueryError, match=wrong):
        query.ask(store, query.load(name), given)


def test_a_variable_of_a_file_without_a_header_can_be_bound(store: Store) -> None:
    everyone = query.ask(store, query.parse("mine", ONE))
    one = query.ask(store, query.parse("mine", ONE), {"who": "بايدن"})
    assert {row[0] for row in one.rows} == {MADE.entity("ref:biden")} < {row[0] for row in everyone.rows}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "PREFIX x: <x:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "DROP ALL",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o",
    ],
)
def test_what_changes_leaves_or_breaks_is_refused(store: Store, text: str) -> None:
    before = len(store)
    with pytest.raises(QueryError):
        query.run(store, text)
    assert len(store) == before


def test_words_in_strings_comments_and_names_are_no_reason_to_refuse(store: Store) -> None:
    text = 'SELECT ?x { BIND ("SERVICE FROM LOAD" AS ?x) } # INSERT DATA'
    assert str(query.run(store, text).rows[0][0]) == "SERVICE FROM LOAD"


def test_what_is_allowed_by_name_is_not_refused() -> None:
    query.refuse("SELECT * FROM <x:g> { ?s ?p ?o }", Limits(allowed=frozenset(["FROM"])))


def test_rows_are_limited(store: Store) -> None:
    table = query.run(store, "SELECT * { ?s ?p ?o }", Limits(rows=7))
    assert len(table.rows) == 7 and table.truncated
    assert not query.run(store, "SELECT * { ?s ?p ?o } LIMIT 7", Limits(rows=7)).truncated


def test_time_is_limited(store: Store) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match=r"longer than 0\.2 seconds"):
        query.run(store, endless, Limits(seconds=0.2))


def test_ask_and_construct_are_tables_too(store: Store) -> None:
    assert query.run(store, "ASK { ?s ?p ?o }").rows == ((Literal(True),),)
    made = query.run(store, "CONSTRUCT { ?s a <x:Visitor> } { ?s <https://w3id.org/kg-arabic-news/ontology#visited> ?o }")
    assert made.columns == ("subject", "predicate", "object") and made.rows[0][2] == URIRef("x:Visitor")


def test_iris_have_names_in_both_languages(store: Store) -> None:
    table = query.ask(store, query.load("visits"))
    assert [str(cell) for cell in query.named(store, table, "ar").rows[0][1:3]] == ["أنغيلا ميركل", "موسكو"]
    assert [str(cell) for cell in query.named(store, table, "en").rows[0][1:3]] == ["Angela Merkel", "Moscow"]


def test_formats_keep_what_they_can(store: Store) -> None:
    text = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<x:a> "س\\t\\"ص\\"\\nع"@ar 7) (UNDEF "y" 1.5) } }'
    table = query.run(store, text)
    data = json.loads(results.written(table, "json"))
    first = data["results"]["bindings"][0]
    assert data["head"]["vars"] == ["a", "b", "c"]
    assert first["b"] == {"type": "literal", "value": 'س\t"ص"\nع', "xml:lang": "ar"} and first["c"]["datatype"] == str(XSD.integer)
    rows = list(csv.reader(io.StringIO(results.written(table, "csv"))))
    assert rows == [["a", "b", "c"], ["x:a", 'س\t"ص"\nع', "7"], ["", "y", "1.5"]]
    lines = results.written(table, "tsv").splitlines()
    assert lines[0] == "?a\t?b\t?c" and [line.count("\t") for line in lines] == [2, 2, 2]
    assert lines[1].split("\t")[1] == '"س\\t\\"ص\\"\\nع"@ar'
    assert "<literal xml:lang=" in results.written(table, "xml")
    assert json.loads(results.written(query.run(store, "ASK { ?s ?p ?o }"), "json"))["boolean"] is True
    with pytest.raises(InputError, match="csv, tsv, json, xml"):
        results.written(table, "word")
