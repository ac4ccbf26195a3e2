"""SPARQL as tokens: whatever a value holds, it stays one term."""

from __future__ import annotations

import pyoxigraph as ox  # noqa: TID251 - the parser that judges
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef

from kg.errors import QueryError
from kg.rdf import sparql

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(TEXT, st.sampled_from([None, "ar", "en"]))
def test_any_text_comes_back_as_it_was(text: str, language: str | None) -> None:
    bound = sparql.bind("SELECT ?x { VALUES ?x { UNDEF } }", {"x": [Literal(text, lang=language)]})
    ((value,),) = list(ox.Store().query(bound))
    assert (value.value, value.language) == (text, language)


@given(TEXT)
def test_what_is_no_iri_is_refused_or_stays_one_token(text: str) -> None:
    try:
        term = sparql.term(URIRef(f"x:{text}"))
    except QueryError:
        return
    assert [token.kind for token in sparql.tokens(term)] == ["iri"]


def test_only_ground_terms_can_be_bound() -> None:
    with pytest.raises(QueryError):
        sparql.term(BNode())


def test_binding_finds_every_block_and_else_the_outermost_group() -> None:
    text = "SELECT * { { VALUES ?s { <x:a> } ?s ?p 1 } UNION { VALUES ?s { <x:a> <x:b> } ?s ?p 2 } } # VALUES ?s { <x:z> }"
    bound = sparql.bind(text, {"s": [URIRef("x:new")]})
    assert bound.count("<x:new>") == 2 and "<x:a>" not in bound and "<x:z>" in bound
    made = sparql.bind("CONSTRUCT { ?s a ?t } WHERE { ?s ?p ?o }", {"s": [URIRef("x:n")]})
    assert made == "CONSTRUCT { ?s a ?t } WHERE { VALUES ?s { <x:n> } ?s ?p ?o }"
    with pytest.raises(QueryError, match="braces"):
        sparql.bind("DESCRIBE <x:a>", {"s": [URIRef("x:n")]})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("select * from <x:g> {}", {"FROM"}),
        ("SELECT * { ?from ?load ?service }", set()),
        ("PREFIX load: <x:> SELECT * { load:from load:add 'drop' }", set()),
        ("SELECT * { SERVICE SILENT <x:> {} }", {"SERVICE"}),
        ('SELECT * { ?s ?p """ " FROM """ }', set()),
        ("SELECT * { ?s ?p ?o } # FROM", set()),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"INSERT"}),
    ],
)
def test_what_a_query_reaches(text: str, words: set[str]) -> None:
    assert sparql.reach(text) == words


def test_updates_are_known_by_their_first_word() -> None:
    assert sparql.is_update("# x\nPREFIX a: <x:> BASE <y:> INSERT DATA {}")
    assert not sparql.is_update("PREFIX insert: <x:> SELECT * { ?s insert:delete ?o }")
