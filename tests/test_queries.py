"""Every shipped query: documented, parsed by a second parser, and right on the golden store, row for row."""

from __future__ import annotations

import re

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg import files, query
from kg.rdf import sparql
from kg.store import Store
from tests import questions

QUERIES = query.shipped()
THEMES = {"actors", "conflict", "contacts", "events", "quality", "sources", "standing", "topics"}
ARABIC = re.compile("[\u0621-\u064a]")


@pytest.fixture(scope="module")
def store() -> Store:
    return questions.golden()


@pytest.mark.parametrize(("name", "number", "given"), questions.cases())
def test_it_answers_as_the_golden_file_says(store: Store, name: str, number: int, given: dict[str, str]) -> None:
    assert questions.answer(store, name, given) == questions.golden_file(name, number).read_text(encoding="utf-8")


def test_every_query_has_a_case_with_rows_and_no_file_is_left_over() -> None:
    assert set(questions.CASES) == set(QUERIES) and len(QUERIES) >= 30
    told = {questions.golden_file(name, number).name for name, number, _ in questions.cases()}
    assert told == {path.name for path in questions.GOLDEN.iterdir()}
    for name, all_ in questions.CASES.items():
        texts = [questions.golden_file(name, number).read_text("utf-8") for number in range(len(all_))]
        assert any(text.count("\n") > 1 for text in texts), f"{name} is tested on empty answers only"


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_its_header_says_everything_in_both_languages(name: str) -> None:
    asked = QUERIES[name]
    assert asked.summary.endswith("?") and asked.summary.isascii()
    assert asked.summary_ar.endswith("؟") and ARABIC.search(asked.summary_ar)
    assert asked.theme in THEMES
    (path,) = files.queries().glob(f"*/{name}.rq")
    assert path.parent.name == asked.theme
    for parameter in asked.parameters:
        assert parameter.help and ARABIC.search(parameter.help_ar), parameter
    for column, english, arabic in asked.columns:
        assert english and ARABIC.search(arabic), column


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_its_columns_and_parameters_are_those_of_its_text(name: str) -> None:
    asked = QUERIES[name]
    algebra = prepareQuery(asked.text).algebra
    assert [str(variable) for variable in algebra.PV] == [column for column, _, _ in asked.columns]
    blocks = sparql.parameters(asked.text)
    for parameter in asked.parameters:
        assert parameter.name in blocks, f"{parameter.name} has no VALUES block"
        assert parameter.default or parameter.optional or f"?{parameter.name} {{ e:" in asked.text


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_it_is_plain_sparql_that_reaches_nowhere(name: str) -> None:
    text = QUERIES[name].text
    assert not sparql.reach(text)
    parseQuery(text)
    # What some stores lack or do badly: graphs by name, endless paths, patterns of characters, concatenated groups.
    words = {token.text.upper() for token in sparql.tokens(text) if token.kind == "word"}
    assert not words & {"GRAPH", "REGEX", "GROUP_CONCAT", "SAMPLE", "NOW", "RAND", "UUID"}
    assert not re.search(r"[)\w][*+]\s", re.sub(r"(?m)^#.*$", "", text))


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_file_runs_as_it_is(store: Store, name: str) -> None:
    table = query.run(store, QUERIES[name].text)
    assert list(table.columns) == [column for column, _, _ in QUERIES[name].columns]
