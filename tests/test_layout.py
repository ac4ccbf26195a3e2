"""Importance, communities and places: the same every time, readable, and quick."""

from __future__ import annotations

import itertools
import math
import time

import pytest

from kg.model import EntityType
from kg.page import layout
from kg.page.layout import Position
from kg.page.network import Article, Claim, Network, Node, Sentence, gather, read
from tests import fixtures, networks


def net(*pairs: tuple[str, str], stated: bool = True, alone: tuple[str, ...] = ()) -> Network:
    """A network of `spoke_with` claims between these pairs."""
    ids = sorted({id for pair in pairs for id in pair} | set(alone))
    nodes = [Node(id, f"https://example.org/{id}", EntityType.PERSON, id) for id in ids]
    claims = [
        Claim(f"c{i}", a, "spoke_with", b, "x", Sentence(f"{a} {b}"), stated) for i, (a, b) in enumerate(pairs)
    ]
    return gather(nodes, claims, [Article("x")])


STAR = tuple(("hub", f"leaf{i}") for i in range(6))


@pytest.fixture(scope="module")
def corpus() -> Network:
    return layout.measure(read(fixtures.corpus()))


@pytest.fixture(scope="module")
def large() -> Network:
    return layout.measure(networks.large())


def test_the_hub_is_most_important_and_comes_first() -> None:
    measured = layout.measure(net(*STAR))
    assert measured.nodes[0].id == "hub"
    assert measured.nodes[0].importance == 1.0
    assert {node.importance for node in measured.nodes[1:]} == {measured.nodes[1].importance}
    assert measured.nodes[1].importance < 0.5


def test_stated_claims_weigh_more_than_others() -> None:
    claims = (*net(("a", "b")).claims, *net(("c", "d"), stated=False).claims)
    nodes = [Node(id, "", EntityType.PERSON, id) for id in "abcd"]
    by = {node.id: node.importance for node in layout.measure(gather(nodes, claims, [])).nodes}
    assert by["a"] > by["c"]


def test_communities_are_what_holds_together() -> None:
    left = tuple(itertools.combinations("abcd", 2))
    right = tuple(itertools.combinations("wxyz", 2))[:5]
    measured = layout.measure(net(*left, *right, ("a", "w"), alone=("lonely",)))
    group = {node.id: node.community for node in measured.nodes}
    assert len({group[id] for id in "abcd"}) == len({group[id] for id in "wxyz"}) == 1
    assert {group["a"], group["w"]} == {1, 2}
    assert group["lonely"] == 0


def test_who_is_beyond_the_grouped_core_joins_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_GROUPED", 8)
    left = tuple(itertools.combinations("abcd", 2))
    right = tuple(itertools.combinations("wxyz", 2))
    measured = layout.measure(net(*left, *right, ("a", "a1"), ("a1", "a2"), ("w", "w1"), ("p", "q")))
    group = {node.id: node.community for node in measured.nodes}
    assert group["a2"] == group["a1"] == group["a"] != group["w"] == group["w1"]
    assert group["p"] == group["q"] == 3


def test_measuring_a_very_large_network_stays_quick() -> None:
    """Processor time; with every node grouped and as many paths as in a small network it takes ten times as long."""
    whole = networks.large(10_000, 40_000)
    began = time.process_time()
    measured = layout.measure(whole)
    assert time.process_time() - began < 12
    assert all(node.community for node in measured.nodes if node.importance)


def test_empty_and_tiny_networks_have_places() -> None:
    assert layout.place(layout.measure(gather([], [], []))) == {}
    assert len(layout.place(layout.measure(net(("a", "b"))))) == 2
    assert len(layout.place(layout.measure(net(("a", "b"), ("c", "c"))))) == 3


def test_every_node_has_a_place_of_its_own(corpus: Network, large: Network) -> None:
    for network in (corpus, large):
        places = layout.place(network)
        assert set(places) == {node.id for node in network.nodes}
        assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert len(set(layout.place(corpus).values())) == len(corpus.nodes)


def test_places_do_not_change(corpus: Network) -> None:
    assert layout.place(corpus) == layout.place(layout.measure(read(fixtures.corpus())))


def _least(places: dict[str, Position]) -> float:
    """The least distance of two nodes; along the line, where names run, it counts less."""
    return min(
        math.hypot((ax - bx) / 1.6, ay - by) for (ax, ay), (bx, by) in itertools.combinations(places.values(), 2)
    )


def test_no_two_nodes_lie_on_one_another(corpus: Network) -> None:
    assert _least(layout.place(corpus)) > 60


def test_the_core_of_a_large_network_keeps_apart(large: Network) -> None:
    core = {node.id for node in large.nodes[:150]}
    inner = gather(
        [node for node in large.nodes if node.id in core],
        [c for c in large.claims if c.subject in core and c.object in core],
        large.articles,
    )
    assert _least(layout.place(inner)) > 50


def test_neighbours_stand_nearer_than_strangers(corpus: Network) -> None:
    places = layout.place(corpus)
    joined = {(edge.a, edge.b) for edge in corpus.edges}
    near, far = [], []
    for a, b in itertools.combinations(sorted(places), 2):
        (near if (a, b) in joined else far).append(math.dist(places[a], places[b]))
    assert sum(near) / len(near) < 0.7 * sum(far) / len(far)


def test_the_picture_is_wider_than_high(corpus: Network) -> None:
    xs, ys = zip(*layout.place(corpus).values(), strict=True)
    assert 0.9 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.0


def test_parts_without_a_tie_do_not_lie_in_one_another() -> None:
    parts = [tuple((f"{part}hub", f"{part}{i}") for i in range(5)) for part in "pqr"]
    places = layout.place(layout.measure(net(*itertools.chain(*parts))))
    middles = {part: places[f"{part}hub"] for part in "pqr"}
    for part, middle in middles.items():
        own = max(math.dist(middle, at) for name, at in places.items() if name[0] == part)
        others = min(math.dist(middle, at) for name, at in places.items() if name[0] != part)
        assert others > 0.5 * own


def test_two_thousand_nodes_take_seconds_not_minutes(large: Network) -> None:
    """Forces over all of it take most of a minute; processor time, so that a busy machine does not matter."""
    began = time.process_time()
    layout.place(large)
    assert time.process_time() - began < 6
