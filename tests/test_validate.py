"""Every graph of the corpus conforms; for each shape a graph that breaks it, and only it, is caught."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from kg import files
from kg.errors import InputError, ValidationError
from kg.graph import article_graph, to_graph
from kg.rdf.runs import run_triples
from kg.rdf.terms import asked
from kg.storage import dumps, validate
from kg.storage.screen import Screen
from kg.store import Store
from kg.vocab import KG, OA, PROV, RDF, RDFS, SDO, SH, SKOS, XSD
from tests import questions
from tests.fixtures import RUN, SETTINGS, corpus, extraction, extractions, key

MADE = SETTINGS.iris
SHAPES = Namespace("https://w3id.org/kg-arabic-news/shapes#")
Break = Callable[[Graph], object]


def entity(short: str) -> URIRef:
    return MADE.entity(key(short))


def graph(id: str = "summit") -> Graph:
    return to_graph(article_graph(extraction(id), RUN).triples)


def a_claim(g: Graph) -> URIRef:
    return sorted(g.subjects(RDF.predicate, KG.agreed_with))[0]  # type: ignore[return-value]


def a_mention(g: Graph) -> URIRef:
    return sorted(g.subjects(RDF.type, KG.Mention))[0]  # type: ignore[return-value]


def a(g: Graph, kind: URIRef) -> URIRef:
    return sorted(g.subjects(RDF.type, kind))[0]  # type: ignore[return-value]


def turned(g: Graph) -> None:
    claim = a_claim(g)
    subject, object = g.value(claim, RDF.subject), g.value(claim, RDF.object)
    g.set((claim, RDF.subject, object))
    g.set((claim, RDF.object, subject))
    g.remove((subject, KG.agreed_with, object))


def late(g: Graph) -> None:
    g.set((MADE.article("summit"), SDO.datePublished, Literal("2021-06-01", datatype=XSD.date)))


def fact(g: Graph) -> None:
    node = MADE.fact("x")
    for p, o in (
        (RDF.type, KG.Fact),
        (RDF.subject, entity("putin")),
        (RDF.object, entity("russia")),
        (KG.since, Literal("2020-01-01", datatype=XSD.date)),
        (KG.until, Literal("2010-01-01", datatype=XSD.date)),
    ):
        g.add((node, p, o))


def empty(g: Graph) -> None:
    """A mention of nothing: it still quotes what its offsets cut out."""
    mention = a_mention(g)
    start = g.value(URIRef(mention + "/position"), OA.start)
    g.set((URIRef(mention + "/position"), OA.end, start))
    g.set((URIRef(mention + "/quote"), OA.exact, Literal("")))


BREAKS: dict[str, Break] = {
    "ArticleShape": lambda g: g.remove((MADE.article("summit"), KG.digest, None)),
    "OffsetsShape": lambda g: g.set((URIRef(a_mention(g) + "/quote"), OA.exact, Literal("غير هذا"))),
    "MentionShape": lambda g: g.remove((URIRef(a_mention(g) + "/target"), OA.hasSelector, None)),
    "PositionShape": empty,
    "ClaimShape": lambda g: g.remove((a_claim(g), KG.evidence, None)),
    "DomainShape": lambda g: g.set((entity("lavrov"), RDF.type, KG.Topic)),
    "RangeShape": lambda g: g.set((entity("geneva_summit"), RDF.type, KG.Topic)),
    "OrderShape": turned,
    "EdgeShape": lambda g: g.add((entity("putin"), KG.visited, entity("geneva"))),
    "EntityShape": lambda g: [g.add((entity("putin"), SKOS.prefLabel, Literal(x, lang="ar"))) for x in "اب"],
    "TimeShape": lambda g: g.set((a(g, KG.Time), KG.lastDay, Literal("1999-01-01", datatype=XSD.date))),
    "HappeningShape": lambda g: g.remove((a(g, KG.Happening), KG.relation, None)),
    "EventShape": lambda g: g.add((entity("geneva_summit"), KG.status, KG.Planned)),
    "QuotationShape": lambda g: g.remove((a(g, KG.Quotation), KG.evidence, None)),
    "RunShape": lambda g: g.remove((MADE.run(RUN), KG.models, None)),
    "FactShape": fact,
    "PublishedShape": late,
    "MeasurementShape": lambda g: g.add((MADE.measurement("x"), RDF.type, KG.Measurement)),
}


@pytest.mark.parametrize("shape", sorted(BREAKS))
def test_a_bad_graph_is_caught_by_its_shape(shape: str) -> None:
    bad = graph()
    for triple in run_triples(RUN):
        bad.add(triple)
    assert validate.check(bad) == ()  # type: ignore[arg-type]
    BREAKS[shape](bad)
    faults = validate.check(bad)  # type: ignore[arg-type]
    assert {fault.shape for fault in faults} == {shape}, faults
    assert validate.screened(bad) == faults  # type: ignore[arg-type]
    assert all("{" not in fault.message for fault in faults)


def test_every_shape_has_its_bad_graph() -> None:
    shapes = Graph().parse(files.ontology() / "shapes.ttl")
    named = {str(s).rpartition("#")[2] for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert named - {"TargetShape"} == set(BREAKS)  # the target's shape is reached through the mention's


@pytest.mark.parametrize(
    "breaks",
    [
        lambda g: g.add((a_mention(g), OA.hasTarget, URIRef("x:another"))) and g.add((URIRef("x:another"), OA.hasSelector, URIRef(a_mention(g) + "/quote"))),
        lambda g: g.add((URIRef(a_mention(g) + "/position"), OA.start, Literal(3))),
        lambda g: g.remove((URIRef(a_mention(g) + "/target"), OA.hasSource, None)),
        lambda g: g.add((a_mention(g), KG.article, MADE.article("another"))),
        lambda g: g.set((a_claim(g), KG.confidence, Literal("1.5", datatype=XSD.decimal))),
        lambda g: g.add((a_claim(g), KG.polarity, KG.Negative)),
        lambda g: g.remove((a_claim(g), PROV.wasGeneratedBy, None)),
        lambda g: g.set((a_claim(g), RDF.predicate, KG.mention)),
        lambda g: g.set((a_claim(g), KG.modality, KG.Negative)),
        lambda g: g.remove((entity("putin"), RDFS.label, None)),
        lambda g: g.add((entity("putin"), RDFS.label, Literal("", lang="ar"))),
        lambda g: g.add((entity("putin"), RDF.type, KG.Country)),
        lambda g: g.add((entity("putin"), SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/7"))),
    ],
)
def test_more_ways_to_be_bad(breaks: Break) -> None:
    bad = graph()
    breaks(bad)
    assert validate.check(bad)  # type: ignore[arg-type]
    assert validate.screened(bad) == validate.check(bad)  # type: ignore[arg-type]


def test_the_screen_misses_nothing_that_chance_breaks() -> None:
    """One triple taken out, or given the object of another: the build finds what `kg validate` finds."""
    chance, whole = random.Random(7), sorted(graph())
    broken = 0
    for _ in range(40):
        bad = Graph()
        for triple in whole:
            bad.add(triple)
        subject, predicate, object = chance.choice(whole)
        bad.remove((subject, predicate, object))
        if chance.random() < 0.6:
            bad.add((subject, predicate, chance.choice(whole)[2]))
        found = validate.check(bad)  # type: ignore[arg-type]
        assert validate.screened(bad) == found, (subject, predicate)  # type: ignore[arg-type]
        broken += bool(found)
    assert broken > 10


def test_the_screen_suspects_no_good_graph_and_knows_every_constraint() -> None:
    for one in extractions():
        assert validate.screened(article_graph(one, RUN).triples) == ()
    shapes = Graph().parse(files.ontology() / "shapes.ttl")
    shapes.add((SHAPES.EntityShape, SH.closed, Literal(True)))
    with pytest.raises(NotImplementedError, match="closed"):
        Screen(shapes, (), asked)


def test_messages_speak_arabic_too() -> None:
    bad = graph()
    BREAKS["ClaimShape"](bad)
    assert validate.check(bad, "ar")[0].message == "للادعاء دليل هو ذكر جملة"  # type: ignore[arg-type]


def test_the_whole_corpus_conforms() -> None:
    found = dict(validate.check_store(corpus()))
    assert set(found) == {e.article.id for e in extractions()} | {"entities", "runs"}
    assert not any(found.values())


def test_large_graphs_are_checked_in_parts_that_leave_nothing_out() -> None:
    triples = questions.golden().triples(MADE.graph("background"))
    found = list(validate.parts(triples, size=5))
    assert len(found) > 3 and sorted(t for part in found for t in part) == sorted(triples)
    bad = next(t for t in triples if t[1] == KG.since)
    worse = [t for t in triples if t[0] != bad[0] or t[1] != RDF.subject]
    assert {f.shape for part in validate.parts(worse, 5) for f in validate.check(part)} == {"EdgeShape", "FactShape"}


def test_require_says_where(tmp_path: Path) -> None:
    bad = graph()
    validate.require(bad, "summit")  # type: ignore[arg-type]
    BREAKS["ClaimShape"](bad)
    with pytest.raises(ValidationError, match="summit: a claim has evidence"):
        validate.require(bad, "summit")  # type: ignore[arg-type]


def test_files_are_checked_graph_by_graph(tmp_path: Path) -> None:
    bad = graph()
    BREAKS["ClaimShape"](bad)
    bad.serialize(tmp_path / "bad.ttl", format="turtle")
    ((name, faults),) = validate.check_file(tmp_path / "bad.ttl")
    assert name == "bad.ttl" and faults[0].shape == "ClaimShape"
    (tmp_path / "broken.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        list(validate.check_file(tmp_path / "broken.ttl"))


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("format", sorted(dumps.FORMATS))
def test_every_format_that_is_exported_is_checked(tmp_path: Path, format: str, ending: str) -> None:
    bad = graph()
    BREAKS["ClaimShape"](bad)
    store = Store.open()
    store.put([article_graph(extraction("strike"), RUN, SETTINGS)])
    store.state("entities", [])  # what it says of entities it says with the article, too
    store.add("runs", bad)  # type: ignore[arg-type]
    path = tmp_path / f"graph{dumps.FORMATS[format]}{ending}"
    dumps.dump(store, path)
    found = dict(validate.check_file(path))
    assert len(found) == (2 if format in dumps.NAMED else 1)
    wrong = {name: {fault.shape for fault in faults} for name, faults in found.items() if faults}
    assert list(wrong) == [str(store.iris.graph("runs")) if format in dumps.NAMED else path.name]
    assert "ClaimShape" in next(iter(wrong.values()))


@pytest.mark.parametrize(("name", "content"), [("cut.nq.gz", b"\x1f\x8b\x08"), ("plain.nt.gz", b"<a:a> <a:b> <a:c> ."), ("net.csv", b"Id"), ("net.graphml.gz", b"")])
def test_files_that_are_no_rdf_are_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        list(validate.check_file(tmp_path / name))
