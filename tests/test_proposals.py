"""Merges that are proposed, with evidence from both sides, and the commands that decide about them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.asking import lookup
from kg.cli import app
from kg.errors import InputError
from kg.graph import Settings, article_graph
from kg.model import Article, Entity, EntityType, Extraction, Mention, Origin, Run, Span
from kg.reference import shipped
from kg.store import Store
from kg.upkeep import proposals
from kg.upkeep.decisions import FILE, Decision, apply, read

RUN = Run("0", "none", (), dt.datetime(2026, 1, 1))
P, ORG = EntityType.PERSON, EntityType.ORGANIZATION
TEXTS = {
    "n1": [("جون هانتزمان", P), ("مركز الضفاف للدراسات", ORG)],
    "n2": [("جون هنتزمان", P), ("مركز الضفاف للدراسات الاستراتيجية", ORG), ("سمير قاسم الطرابيشي", P)],
    "n3": [("سمير الطرابيشي", P), ("ليلى العطار", P), ("محمد حسن", P), ("محمد حسين", P)],
}


def _extraction(id: str) -> Extraction:
    text, entities, mentions = "", [], []
    for name, kind in TEXTS[id]:
        text += "وصل أمس "
        span = Span(len(text), len(text) + len(name))
        text += name + " إلى المدينة. "
        key = shipped().identify(name, kind)
        entities.append(Entity(key, kind, name, "X", True, (name,)))
        mentions.append(Mention(span, name, kind, Origin.MODEL, key))
    return Extraction(Article(id, text), tuple(sorted(entities, key=lambda e: e.key)), tuple(mentions))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _build(tmp_path)
    return tmp_path


def _build(folder: Path) -> None:
    """What `kg build` does with decisions, without the models."""
    settings = Settings()
    with Store.open(folder / "store", settings.iris) as store:
        store.put([article_graph(apply(_extraction(id), read(folder / FILE), shipped()), RUN, settings) for id in TEXTS])


def _proposed(folder: Path) -> dict[frozenset[str], str]:
    with Store.open(folder / "store", read_only=True) as store:
        found = proposals.propose(lookup.entities(store), read(folder / FILE))
        return {frozenset({p.keep.arabic, p.other.arabic}): p.why for p in found}


def _run(*words: str) -> str:
    result = CliRunner().invoke(app, ["entities", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_what_may_be_one_is_proposed_and_what_cannot_is_not(folder: Path) -> None:
    found = _proposed(folder)
    assert found[frozenset({"جون هانتزمان", "جون هنتزمان"})] == "names that sound alike"
    assert found[frozenset({"سمير قاسم الطرابيشي", "سمير الطرابيشي"})] == "one name has a part more"
    assert frozenset({"مركز الضفاف للدراسات", "مركز الضفاف للدراسات الاستراتيجية"}) in found
    assert not any("ليلى العطار" in pair for pair in found)


def test_evidence_comes_from_both_sides(folder: Path) -> None:
    with Store.open(folder / "store", read_only=True) as store:
        proposal = next(p for p in proposals.propose(lookup.entities(store)) if "هانتزمان" in p.keep.arabic + p.other.arabic)
        sides = [proposals.evidence(store, thing) for thing in (proposal.keep, proposal.other)]
    assert {e.article for side in sides for e in side} == {"n1", "n2"}
    assert all(e.before.endswith("أمس") and e.after.startswith("إلى") for side in sides for e in side)


def test_review_lists_them(folder: Path) -> None:
    shown = _run("review", "-g", str(folder))
    assert "جون هانتزمان" in shown and "n1: …" in shown and "n2: …" in shown
    first = json.loads(_run("review", "-g", str(folder), "--json").splitlines()[0])
    assert {"score", "why", "entities"} == set(first)


def test_a_merge_is_honoured_and_can_be_undone(folder: Path) -> None:
    _run("merge", "جون هانتزمان", "جون هنتزمان", "-g", str(folder), "--note", "ambassador")
    assert [(d.decision, d.note) for d in read(folder / FILE)] == [("same", "ambassador")]
    assert frozenset({"جون هانتزمان", "جون هنتزمان"}) not in _proposed(folder)
    _build(folder)
    with Store.open(folder / "store", read_only=True) as store:
        thing = lookup.one(store, "جون هنتزمان").thing
        assert (thing.articles, set(thing.names)) == (2, {"جون هانتزمان", "جون هنتزمان"})
    decided = read(folder / FILE)[0]
    assert decided.one in _run("decisions", "-g", str(folder))
    _run("undo", decided.one, decided.other, "-g", str(folder))
    _build(folder)
    assert frozenset({"جون هانتزمان", "جون هنتزمان"}) in _proposed(folder)


def test_what_is_kept_apart_is_not_proposed_again(folder: Path) -> None:
    _run("keep-apart", "سمير الطرابيشي", "سمير قاسم الطرابيشي", "-g", str(folder))
    assert frozenset({"سمير قاسم الطرابيشي", "سمير الطرابيشي"}) not in _proposed(folder)


def test_a_split(folder: Path) -> None:
    _run("merge", "جون هانتزمان", "جون هنتزمان", "-g", str(folder))
    _build(folder)
    _run("split", "ليلى العطار", "n3", "-g", str(folder))
    _build(folder)
    with Store.open(folder / "store", read_only=True) as store:
        assert lookup.one(store, "ليلى العطار").thing.key == "person:ليلي العطار n3"


def test_list_and_show(folder: Path) -> None:
    assert "ليلى العطار" in _run("list", "-g", str(folder), "--type", "Person", "-l", "ar")
    listed = [json.loads(line) for line in _run("list", "-g", str(folder), "--unknown", "--json").splitlines()]
    assert len(listed) >= 7 and all(not thing["key"].startswith("ref:") for thing in listed)
    shown = _run("show", "سمير الطرابيشي", "-g", str(folder))
    assert "person:سمير الطرابيشي" in shown and "n3: …" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "ليلى العطار", "ليلى العطار"), "one entity already"),
        (("split", "ليلى العطار", "n9"), "no article has the id"),
        (("undo", "a", "b"), "no decision"),
        (("list", "--type", "Ghost"), "--type is one of"),
    ],
)
def test_mistakes_are_told(folder: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        _run(*words, "-g", str(folder))


def test_two_of_the_reference_data_are_never_proposed() -> None:
    things = [
        lookup.Thing(store_iri(key), key, "Person", name, names=(name,))
        for key, name in (("ref:george_w_bush", "جورج دبليو بوش"), ("ref:george_h_w_bush", "جورج بوش"))
    ]
    assert proposals.propose(things) == []


def test_decided_pairs_are_left_out() -> None:
    things = [lookup.Thing(store_iri(f"person:{n}"), f"person:{n}", "Person", n, names=(n,)) for n in ("جون هانتزمان", "جون هنتزمان")]
    assert len(proposals.propose(things)) == 1
    decided = Decision(decision="different", one=things[1].key, other=things[0].key)
    assert proposals.propose(things, [decided]) == []


def store_iri(key: str) -> lookup.URIRef:
    return Settings().iris.entity(key)
