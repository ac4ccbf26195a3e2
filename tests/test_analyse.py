"""Measures of the network: checked by hand on small networks and against igraph on a larger one."""

from __future__ import annotations

import datetime as dt
import random

import igraph
import pytest

from kg.asking import analyse
from kg.asking.analyse import Bridge, Period, Tie, Wanted
from kg.errors import InputError, QueryError
from kg.storage.validate import check
from kg.store import Store
from tests import questions
from tests.fixtures import SETTINGS, key

DAY = dt.date(2021, 8, 21)


def tie(pair: str, day: dt.date | None = DAY, relation: str = "met_with") -> Tie:
    one, other = sorted(pair)
    return Tie(one, other, relation, day, f"{one}{other}")


@pytest.fixture(scope="module")
def store() -> Store:
    return questions.golden()


def names(store: Store, ties: list[Tie]) -> set[tuple[str, str]]:
    return {(store.iris.key(t.one)[4:], store.iris.key(t.other)[4:]) for t in ties}


def test_ties_are_the_claims_behind_edges(store: Store) -> None:
    found = analyse.ties(store)
    pairs = names(store, found)
    assert ("erdogan", "putin") in pairs and ("germany", "taliban") not in pairs and ("macron", "raisi") not in pairs
    assert sum(t.relation == "spoke_with" for t in found) == 4
    assert not any("geneva" in pair for pair in pairs)


def test_ties_of_other_kinds_types_and_days(store: Store) -> None:
    hard = names(store, analyse.ties(store, Wanted(kinds=("words",))))
    assert ("russia", "ukraine") in hard and ("erdogan", "putin") not in hard
    persons = names(store, analyse.ties(store, Wanted(types=("Person",))))
    assert ("lavrov", "taliban") not in persons and ("lavrov", "merkel") in persons
    late = names(store, analyse.ties(store, Wanted(since=dt.date(2022, 1, 1))))
    assert late == {("lavrov", "merkel")}
    for wrong in (Wanted(kinds=("hugs",)), Wanted(types=()), Wanted(types=("Ghost",))):
        with pytest.raises(InputError):
            analyse.ties(store, wrong)


def test_periods_hold_whole_months_quarters_years() -> None:
    ties = [tie("ab", dt.date(2021, 12, 31)), tie("ab", dt.date(2022, 1, 1)), tie("ab", None)]
    assert analyse.periods(ties, "month") == [
        Period(dt.date(2021, 12, 1), dt.date(2021, 12, 31)), Period(dt.date(2022, 1, 1), dt.date(2022, 1, 31)),
    ]  # fmt: skip
    assert [p.first for p in analyse.periods(ties, "quarter")] == [dt.date(2021, 10, 1), dt.date(2022, 1, 1)]
    assert [p.last for p in analyse.periods(ties, "year")] == [dt.date(2021, 12, 31), dt.date(2022, 12, 31)]
    assert analyse.periods(ties) == [Period(dt.date(2021, 12, 31), dt.date(2022, 1, 1))]
    assert analyse.periods([]) == []
    with pytest.raises(InputError):
        analyse.periods(ties, "week")


def test_days_that_are_not_known_count_in_the_whole_only() -> None:
    ties = [tie("ab"), tie("ac", None)]
    assert {m.actor for m in analyse.by_period(ties)} == {"a", "b", "c"}
    assert {m.actor for m in analyse.by_period(ties, "month")} == {"a", "b"}


def test_a_star_has_its_middle_and_two_triangles_their_bridge() -> None:
    star = analyse.measured([tie("ma"), tie("mb"), tie("mc"), tie("mc")])
    assert star[0].actor == "m" and (star[0].degree, star[0].claims, star[0].betweenness) == (3, 4, 1.0)
    triangles = [tie(pair) for pair in ("ab", "bc", "ca", "xy", "yz", "zx", "cx", "yq")]
    assert analyse.bridges(triangles) == [Bridge("c", "x", 3, 4)]
    belongs = {m.actor: m.community for m in analyse.measured(triangles)}
    assert belongs["a"] == belongs["b"] == belongs["c"] != belongs["x"] == belongs["y"] == belongs["z"]


def test_a_chain_is_short_and_then_well_borne_out() -> None:
    ties = [tie("ab"), tie("bz"), tie("ac"), tie("cz"), tie("ac"), tie("cz", dt.date(2022, 1, 1)), tie("ad"), tie("de"), tie("ez")]
    chain = analyse.path(ties, "z", "a")
    assert [(t.one, t.other) for t in chain] == [("c", "z"), ("a", "c")]
    assert chain[0].day == dt.date(2022, 1, 1)
    with pytest.raises(QueryError):
        analyse.path(ties, "a", "nobody")
    with pytest.raises(QueryError):
        analyse.path([*ties, tie("xy")], "a", "x")


def test_the_measures_are_those_of_a_second_library() -> None:
    chance = random.Random(1)
    ties = [tie("".join(chance.sample("abcdefghijklmnopqrstuvwxyz", 2))) for _ in range(60)]
    found = {m.actor: m for m in analyse.measured(ties)}
    net = analyse.graph(ties)
    other = igraph.Graph.TupleList([(a, b, d["weight"]) for a, b, d in net.edges(data=True)], weights=True)
    ranks = dict(zip(other.vs["name"], other.pagerank(weights="weight"), strict=True))
    count = len(net)
    between = {n: b / ((count - 1) * (count - 2) / 2) for n, b in zip(other.vs["name"], other.betweenness(), strict=True)}
    for actor, m in found.items():
        assert m.pagerank == pytest.approx(ranks[actor], abs=1e-4)
        assert m.betweenness == pytest.approx(between[actor], abs=1e-9)
        assert m.degree == other.degree(actor)


def test_triples_conform_and_are_the_same_each_time(store: Store) -> None:
    made = analyse.triples(analyse.by_period(analyse.ties(store), "year"), SETTINGS.iris)
    assert made == analyse.triples(analyse.by_period(analyse.ties(store), "year"), SETTINGS.iris)
    assert check(made) == ()
    assert str(made[1][2]) in {str(SETTINGS.iris.entity(key(name))) for name in ("erdogan", "russia")}
