"""The graph as a network of values: edges, evidence, posts, independent sources, names."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from kg.errors import InputError
from kg.model import EntityType, Modality, Polarity
from kg.page import layout
from kg.page.network import Claim, Network, Sentence, edges, find, labels, read
from kg.store import Store
from kg.vocab import RELATIONS
from tests import fixtures


@pytest.fixture(scope="module")
def corpus() -> Network:
    return layout.measure(read(fixtures.corpus()))


def of(network: Network, relation: str, article: str = "") -> list[Claim]:
    return [c for c in network.claims if c.relation == relation and article in ("", c.article)]


def test_every_claim_of_the_store_is_there(corpus: Network) -> None:
    claims = [c for e in fixtures.extractions() for c in e.claims]
    wanted = Counter((c.article, c.relation) for c in claims)
    assert Counter((c.article, c.relation) for c in corpus.claims) == wanted


def test_only_positive_asserted_claims_are_stated(corpus: Network) -> None:
    for claim in corpus.claims:
        if claim.stated:
            assert (claim.polarity, claim.modality) == (Polarity.POSITIVE, Modality.ASSERTED)
    unsure = {(c.relation, c.polarity, c.modality) for c in corpus.claims if not c.stated}
    assert ("intervened_in", Polarity.NEGATIVE, Modality.ASSERTED) in unsure
    assert ("visited", Polarity.POSITIVE, Modality.PLANNED) in unsure
    assert ("attacked", Polarity.POSITIVE, Modality.DENIED) in unsure


def test_a_planned_claim_is_not_stated_because_another_article_states_it(corpus: Network) -> None:
    met = of(corpus, "met_with", "planned")
    assert met and not any(claim.stated for claim in met)


def test_edges_gather_both_directions(corpus: Network) -> None:
    ids = {claim.id for claim in corpus.claims}
    assert sorted(id for edge in corpus.edges for id in edge.claims) == sorted(ids)
    assert len({(edge.a, edge.b) for edge in corpus.edges}) == len(corpus.edges)
    assert all(edge.a <= edge.b for edge in corpus.edges)


def test_edge_counts_what_is_stated() -> None:
    there = Claim("1", "a", "accused", "b", "x", Sentence(""))
    back = Claim("2", "b", "accused", "a", "x", Sentence(""), stated=False)
    (edge,) = edges([there, back])
    assert (edge.a, edge.b, edge.claims, edge.stated) == ("a", "b", ("1", "2"), 1)


def test_marks_lie_on_the_words_in_the_sentence(corpus: Network) -> None:
    (claim,) = of(corpus, "spoke_with", "call-1")
    sentence = claim.sentence
    marked = [sentence.text[s.start : s.end] for s in (sentence.subject, sentence.trigger, sentence.object) if s]
    assert marked == ["رجب طيب أردوغان", "اتصالا هاتفيا", "فلاديمير بوتين"]
    assert corpus.node(claim.subject).ar == marked[0], "a symmetric relation is stated once, in the order of the keys"


def test_a_mark_outside_the_sentence_is_none(corpus: Network) -> None:
    for claim in corpus.claims:
        for span in (claim.sentence.subject, claim.sentence.trigger, claim.sentence.object):
            assert span is None or 0 <= span.start < span.end <= len(claim.sentence.text)


def test_time_speaker_and_article_of_a_claim(corpus: Network) -> None:
    (call,) = of(corpus, "spoke_with", "call-1")
    assert call.date == dt.date(2021, 8, 21)
    assert call.time == "يوم السبت 21 أغسطس/آب"
    visit = next(c for c in of(corpus, "visited", "call-1"))
    assert visit.date == dt.date(2021, 8, 22), "of a month the day of publication is shown"
    assert corpus.node(visit.attributed).en == "Dmitry Peskov"
    article = next(a for a in corpus.articles if a.id == "call-1")
    assert (article.outlet, article.published) == ("صحيفة الميناء", dt.date(2021, 8, 22))
    assert article.url.startswith("https://almina.example/")


def test_one_agencys_text_is_one_source(corpus: Network) -> None:
    calls = [c for c in of(corpus, "spoke_with") if c.article.startswith("call-")]
    assert len(calls) == 3
    sources = {claim.article: claim.source for claim in calls}
    assert sources["call-2"] == sources["call-3"] != sources["call-1"]


def test_nodes_have_names_types_links_and_posts(corpus: Network) -> None:
    putin = find(corpus, "putin")
    assert (putin.type, putin.ar, putin.en, putin.wikidata) == (EntityType.PERSON, "فلاديمير بوتين", "Vladimir Putin", "Q7747")
    assert not putin.transliterated
    assert {post.title for post in putin.posts} == {"الرئيس الروسي"}
    merkel = find(corpus, "ميركل")
    assert any(post.former for post in merkel.posts)
    darwish = find(corpus, "سالم الدرويش")
    assert darwish.transliterated and darwish.en


@pytest.mark.parametrize("name", ["putin", "ref:putin", "Vladimir Putin", "فلاديمير بوتين", "فلاديمير بُوتين", "PUTIN vladimir", "بوتين", "الرئيس بوتين"])
def test_find_by_any_name(corpus: Network, name: str) -> None:
    assert find(corpus, name).en == "Vladimir Putin"


def test_find_helps_with_a_wrong_name(corpus: Network) -> None:
    with pytest.raises(InputError, match=r"near it: .*أردوغان"):
        find(corpus, "أردوجان")
    assert find(corpus, "رجب طيب أردوغن").en == "Recep Tayyip Erdogan"  # a long name that differs in a letter is taken


def test_every_relation_has_both_names_and_a_kind() -> None:
    known = labels()
    assert set(known) == set(RELATIONS)
    for name, label in known.items():
        assert label.kind in {"standing", "contact", "agreement", "words", "force"}
        assert label.ar != name.replace("_", " "), name
        assert label.en and label.symmetric == RELATIONS[name].symmetric


def test_an_empty_store_is_an_empty_network() -> None:
    empty = read(Store.open(None, fixtures.SETTINGS.iris))
    assert (empty.nodes, empty.edges, empty.claims) == ((), (), ())
