"""Arabic syntax by kind: each kind with a sentence and the claim that must be read from it."""

from __future__ import annotations

import pytest

from kg.slots.slots import tree_slots
from tests import sentences
from tests.sentences import asserted

KINDS = sentences.table("syntax.tsv")


@pytest.mark.parametrize("row", KINDS, ids=[row["kind"] for row in KINDS])
def test_kind(row: dict[str, str]) -> None:
    read = sentences.from_stored(row["sentence"])
    stated = read.stated(row["relation"], row["subject"], row["object"])
    assert any(asserted(c) for c in stated), [(c.rule, c.subject, c.object, c.modality) for c in read.claims]


@pytest.mark.live
def test_kinds_with_the_live_models() -> None:
    analysed = {article.text: sentences.read(article, doc) for article, doc in sentences.analyse(r["sentence"] for r in KINDS)}
    wrong = [
        row["kind"]
        for row in KINDS
        if not any(asserted(c) for c in analysed[row["sentence"]].stated(row["relation"], row["subject"], row["object"]))
    ]
    assert len(wrong) <= 0.12 * len(KINDS), wrong


def test_coordinated_subjects_all_act() -> None:
    read = sentences.from_stored("شنت الولايات المتحدة وبريطانيا وفرنسا غارات على سوريا")
    assert {c.subject for c in read.claims if c.relation == "attacked"} == {"ref:united_states", "ref:united_kingdom", "ref:france"}


def test_the_visitor_of_the_own_state_is_nobody() -> None:
    read = sentences.from_stored("التقى لافروف نظيره القطري محمد بن عبد الرحمن آل ثاني في الدوحة")
    visits = {(c.subject, c.object) for c in read.claims if c.relation == "visited"}
    assert visits == {("ref:sergey_lavrov", "ref:doha")}


def test_the_patterns_of_the_tree_find_subject_and_object() -> None:
    """spaCy's DependencyMatcher with the shipped patterns, on a tree that is given by hand."""
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from kg.model import Article
    from kg.syntax.clauses import Reading

    doc = Doc(
        Vocab(), words=["استقبل", "بوتين", "الأسد", "في", "سوتشي"], pos=["VERB", "X", "X", "ADP", "X"],
        heads=[0, 0, 0, 4, 0], deps=["root", "nsubj", "obj", "case", "obl"],
    )  # fmt: skip
    slots = tree_slots(Reading(Article("a", ""), doc, ()))
    assert slots[0]["subj"] == [1]
    assert slots[0]["obj"] == [2]


def test_confidence_tells_tree_and_order_apart() -> None:
    """What the order of words and the tree agree on is surer than a subject taken from the verb before."""
    agreed = sentences.from_stored("قصفت إسرائيل قطاع غزة صباح الأحد").stated("attacked", "إسرائيل", "غزة")
    inherited = sentences.from_stored("وصل بومبيو إلى الرياض والتقى الملك سلمان").stated("met_with", "بومبيو", "سلمان")
    assert max(c.confidence for c in agreed) > max(c.confidence for c in inherited) >= 0.5
