"""A part of a network: what is chosen, and that what is left out is told."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.errors import InputError
from kg.page import layout
from kg.page.network import Network, read
from kg.page.selection import LIMIT, LeftOut, Selection, select
from tests import fixtures, networks


@pytest.fixture(scope="module")
def corpus() -> Network:
    return layout.measure(read(fixtures.corpus()))


def names(network: Network) -> set[str]:
    return {node.ar for node in network.nodes}


def test_everything_when_nothing_is_asked_for(corpus: Network) -> None:
    part, out = select(corpus, Selection())
    assert part.claims == corpus.claims
    assert part.edges == corpus.edges
    assert not out and out.line() == ""


def test_entity_and_depth(corpus: Network) -> None:
    one, out = select(corpus, Selection(entity=("putin",)))
    assert "رجب طيب أردوغان" in names(one)
    assert "كابل" not in names(one)
    two, _ = select(corpus, Selection(entity=("بوتين",), depth=2))
    assert names(one) < names(two)
    assert out.nodes == out.of_nodes - 10 or out.nodes > 0
    assert all({c.subject, c.object} <= {n.id for n in one.nodes} for c in one.claims)


def test_several_entities_are_joined(corpus: Network) -> None:
    part, _ = select(corpus, Selection(entity=("Putin", "سالم الدرويش")))
    assert {"فلاديمير بوتين", "سالم الدرويش"} <= names(part)


def test_relations(corpus: Network) -> None:
    part, _ = select(corpus, Selection(relation=("spoke_with", "met_with")))
    assert {claim.relation for claim in part.claims} == {"spoke_with", "met_with"}
    assert {label.name for label in part.relations} == {"spoke_with", "met_with"}


def test_since_and_until_and_undated_claims_outside(corpus: Network) -> None:
    assert any(claim.date is None for claim in corpus.claims)
    part, out = select(corpus, Selection(since=dt.date(2022, 1, 1), until=dt.date(2022, 4, 1)))
    dates = [claim.date for claim in part.claims]
    assert dates and all(date and dt.date(2022, 1, 1) <= date <= dt.date(2022, 4, 1) for date in dates)
    assert out.claims == len(corpus.claims) - len(part.claims)


def test_top_keeps_the_most_important(corpus: Network) -> None:
    part, out = select(corpus, Selection(top=5))
    tied = {end for edge in part.edges for end in (edge.a, edge.b)}
    assert tied <= {node.id for node in corpus.nodes[:6]}
    assert out.nodes >= out.of_nodes - 5
    assert "left out" in out.line() and not out.limited


def test_top_never_loses_the_entity_asked_for(corpus: Network) -> None:
    least = next(n for n in reversed(corpus.nodes) if n.ar == "مركز الضفاف للدراسات")
    part, _ = select(corpus, Selection(entity=(least.ar,), top=2))
    assert least.ar in names(part)


def test_community_by_number_and_by_member(corpus: Network) -> None:
    first, _ = select(corpus, Selection(community="1"))
    member = next(node for node in corpus.nodes if node.community == 1)
    same, _ = select(corpus, Selection(community=member.ar))
    assert first.claims == same.claims
    ends = {id for c in first.claims for id in (c.subject, c.object)}
    assert {node.community for node in first.nodes if node.id in ends} == {1}


def test_a_page_holds_so_many_and_says_so() -> None:
    whole = layout.measure(networks.large(LIMIT + 300, 7000))
    part, out = select(whole, Selection())
    assert len(part.nodes) <= LIMIT
    assert out.limited and "--top" in out.line() and "--community" in out.line()
    assert out.of_nodes - out.nodes <= LIMIT


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Selection(relation=("spoke",)), "there is no relation 'spoke'"),
        (Selection(entity=("بوتنن",)), "near it"),
        (Selection(entity=("xqxqxqxq",)), "try another spelling"),
        (Selection(top=0), "--top"),
        (Selection(depth=0), "--depth"),
        (Selection(community="99"), "no community 99"),
        (Selection(since=dt.date(2050, 1, 1)), "nothing in the graph fits"),
    ],
)
def test_mistakes_are_named(corpus: Network, wanted: Selection, words: str) -> None:
    with pytest.raises(InputError, match=words):
        select(corpus, wanted)


def test_an_empty_graph_is_named() -> None:
    with pytest.raises(InputError, match="no claims"):
        select(Network(), Selection())


def test_left_out_counts_are_in_the_line() -> None:
    line = LeftOut(1, 2_000, 3, 4, 5, 6, True).line()
    assert line.startswith("left out 1 of 2,000 entities, 3 of 4 pairs and 5 of 6 claims")
