"""The vocabularies in the code equal the ontology, and the ontology is sound under an OWL 2 RL reasoner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import BNode, Graph, URIRef

from kg import files, iris
from kg.graph import article_graph, to_graph
from kg.upkeep import ontology_page
from kg.vocab import KG, OWL, PLOVER, RDF, RDFS, RELATIONS, SDO, SKOS, UNIONS, types
from tests.fixtures import RUN, extractions

PACKAGE = Path(iris.__file__).parent


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(files.ontology() / "kg.ttl")


@pytest.fixture(scope="module")
def plover() -> Graph:
    return Graph().parse(files.ontology() / "plover.ttl")


def _terms(graph: Graph, namespace: str) -> set[str]:
    return {str(s)[len(namespace) :] for s in graph.subjects() if str(s).startswith(namespace)} - {""}


def test_the_code_has_the_terms_of_the_ontology(ontology: Graph, plover: Graph) -> None:
    assert _terms(ontology, iris.ONTOLOGY) == set(KG.__annotations__) - {"_NS", "_fail"}
    assert _terms(plover, iris.PLOVER) == set(PLOVER.__annotations__) - {"_NS", "_fail"}


def test_a_mistyped_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        KG.spokeWith  # noqa: B018


def test_every_term_is_named_and_explained_in_both_languages(ontology: Graph, plover: Graph) -> None:
    for graph, explains in ((ontology, RDFS.comment), (plover, SKOS.definition)):
        base = iris.ONTOLOGY if graph is ontology else iris.PLOVER
        for term in {s for s in graph.subjects() if str(s).startswith(base)} - {PLOVER.scheme}:
            for link in (RDFS.label, explains):
                assert sorted(o.language for o in graph.objects(term, link)) == ["ar", "en"], (term, link)


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_a_relation_is_as_the_table_says(ontology: Graph, name: str) -> None:
    relation = RELATIONS[name]
    assert ontology.value(relation.iri, RDFS.domain) == KG[relation.domain]
    assert ontology.value(relation.iri, RDFS.range) == KG[relation.range]
    assert ((relation.iri, RDF.type, OWL.SymmetricProperty) in ontology) == relation.symmetric
    assert str(ontology.value(relation.iri, KG.kind)) == relation.kind
    assert ontology.value(relation.iri, KG.plover) == (PLOVER[relation.plover] if relation.plover else None)
    members = {str(o).rpartition("#")[2] for o in ontology.objects(relation.iri, SDO.domainIncludes)}
    assert members == {t.value for t in relation.domain_types}


def test_the_relations_are_the_properties_with_a_kind(ontology: Graph) -> None:
    kinds = {s for s in ontology.subjects(KG.kind) if isinstance(s, URIRef)}
    assert kinds == {relation.iri for relation in RELATIONS.values()}
    assert len(RELATIONS) == 43


def test_a_union_is_the_superclass_of_its_members(ontology: Graph) -> None:
    for union in UNIONS:
        for member in types(union):
            supers = set(ontology.transitive_objects(KG[member.value], RDFS.subClassOf))
            assert KG[union] in supers or member.value == union, (member, union)


def test_the_files_have_no_blank_nodes(ontology: Graph, plover: Graph) -> None:
    assert not [t for g in (ontology, plover) for t in g if any(isinstance(x, BNode) for x in t)]


def test_alignments(ontology: Graph) -> None:
    own = [s for s in set(ontology.subjects()) if str(s).startswith(iris.ONTOLOGY)]
    links = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch}
    known = {str(o) for s in own for p in links for o in ontology.objects(s, p)}
    for vocabulary in (
        "schema.org",
        "ns/org",
        "2009/11/sem",
        "ns/prov",
        "skos",
        "2006/time",
        "ns/oa",
        "purl.org/dc",
    ):
        assert any(vocabulary in o for o in known), vocabulary


def test_the_ontology_and_a_graph_are_sound_under_owl_rl(ontology: Graph, plover: Graph) -> None:
    graph = Graph()
    for part in (ontology, plover, *(to_graph(article_graph(e, RUN).triples) for e in extractions())):
        graph += part
    before = len(graph)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    assert len(graph) > before
    assert not [str(o) for s in graph.subjects(RDF.type, ERRNS.ErrorMessage) for o in graph.objects(s)]
    assert not list(graph.subjects(RDF.type, OWL.Nothing))


def test_the_reasoner_would_notice(ontology: Graph) -> None:
    graph = Graph() + ontology
    graph.add((URIRef("x:a"), RDF.type, KG.Person))
    graph.add((URIRef("x:a"), RDF.type, KG.Country))
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    assert list(graph.subjects(RDF.type, ERRNS.ErrorMessage))


def test_inference_reads_symmetry_and_the_inverse(ontology: Graph) -> None:
    graph = Graph() + ontology
    a, b = URIRef("x:a"), URIRef("x:b")
    graph.add((a, KG.spoke_with, b))
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    assert (b, KG.spoke_with, a) in graph and (a, RDF.type, KG.Actor) in graph


def test_nothing_else_spells_an_iri_out() -> None:
    root = iris.DEFAULT_ROOT.removeprefix("https://")
    others = [p for p in PACKAGE.rglob("*.py") if p.name not in {"iris.py", "vocab.py"}]
    assert others
    assert not [p for p in others if root in p.read_text(encoding="utf-8")]


def test_another_base_rewrites_what_ships() -> None:
    text = (files.ontology() / "kg.ttl").read_text(encoding="utf-8")
    assert iris.localised(text) == text
    query = f"PREFIX e: <{iris.DATA}e/> SELECT * {{ ?s ?p e:x }}"
    assert "http://here.example/e/" in iris.localised(query, "http://here.example/")


def test_keys_and_iris_are_two_ways() -> None:
    made = iris.Iris()
    for key in ("ref:russia", "person:سالم الدرويش", "organization:a/b c", "place:x:y"):
        assert made.key(made.entity(key)) == key
        assert re.fullmatch(r"[!-~]+", made.entity(key))
    assert made.key(iris.DATA + "claim/1") == ""
    assert made.article_id(made.article_graph("a/b №")) == "a/b №"


def test_the_reference_in_html_is_made_from_the_ontology(ontology: Graph, plover: Graph) -> None:
    page = ontology_page.page()
    kinds = ((ontology, OWL.Class), (ontology, OWL.ObjectProperty), (ontology, OWL.DatatypeProperty), (ontology, OWL.NamedIndividual), (plover, SKOS.Concept))
    named = [str(label) for graph, kind in kinds for term in graph.subjects(RDF.type, kind) for label in graph.objects(term, RDFS.label)]
    assert len(named) > 260
    assert [label for label in named if label not in page] == []
