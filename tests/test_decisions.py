"""Decisions about identity: the file, what follows from it, and that it can be undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.graph import Settings, article_graph
from kg.model import Article, Claim, Entity, EntityType, Extraction, Mention, Origin, Quotation, Run, Span
from kg.reference import shipped
from kg.store import Store
from kg.upkeep import decisions
from kg.upkeep.decisions import Decision, apply, changed, decide, read, stale, targets, undo, write

TEXT = "قال سالم المرزوق إن الميناء مفتوح. وزار مرزوق باريس. والتقى المرزوق بالعمال."
RUN = Run("0", "none", (), dt.datetime(2026, 1, 1))


def of(word: str) -> Span:
    start = TEXT.index(word)
    return Span(start, start + len(word))


def entity(key: str, label: str, *names: str) -> Entity:
    return Entity(key, EntityType.PERSON, label, "X", True, names or (label,))


A, B = "person:سالم المرزوق", "person:مرزوق"
PARIS = Entity("ref:paris", EntityType.PLACE, "باريس", "Paris", False, ("باريس",))


def extraction(id: str = "a1") -> Extraction:
    article = Article(id, TEXT)
    return Extraction(
        article,
        (entity(A, "سالم المرزوق"), entity(B, "مرزوق"), PARIS),
        (
            Mention(of("سالم المرزوق"), "سالم المرزوق", EntityType.PERSON, Origin.MODEL, A),
            Mention(of("مرزوق باريس"), "مرزوق", EntityType.PERSON, Origin.MODEL, B),
        ),
        (
            Claim(id, B, "visited", "ref:paris", "r", 0.9, Span(0, 10)),
            Claim(id, A, "met_with", B, "r", 0.9, Span(0, 10), attributed_to=B),
        ),
        (Quotation(Span(0, 3), B),),
    )


def same(one: str, other: str) -> Decision:
    return Decision(decision="same", one=one, other=other)


def test_the_file_goes_out_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / decisions.FILE
    assert read(path) == ()
    wanted = (same(A, B), Decision(decision="split", one="ref:x", other="a1", note="two\tmen"))
    write(path, wanted)
    assert [(d.decision, d.one, d.other) for d in read(path)] == [("same", A, B), ("split", "ref:x", "a1")]
    assert read(path)[1].note == "two men"


@pytest.mark.parametrize(("line", "told"), [("perhaps\ta\tb", "decision"), ("same\ta\t", "two different keys"), ("same\ta\ta", "two different keys")])
def test_a_broken_line_is_told(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / decisions.FILE
    path.write_text("decision\tone\tother\tnote\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read(path)


def test_a_later_decision_about_the_same_two_takes_the_place_of_the_first() -> None:
    first = decide((), same(A, B))
    second = decide(first, Decision(decision="different", one=B, other=A))
    assert [d.decision for d in second] == ["different"]
    assert undo(second, A, B) == ()
    assert undo(second, A, "person:x") == second


def test_targets_are_transitive_and_prefer_the_reference_data() -> None:
    assert targets([same("person:a", "person:b"), same("person:b", "ref:c")]) == {"person:a": "ref:c", "person:b": "ref:c"}
    chained = targets([same("person:a", "person:b"), same("person:x", "person:y"), same("person:y", "person:a")])
    assert chained == dict.fromkeys(("person:b", "person:x", "person:y"), "person:a")


def test_a_merge_reaches_mentions_claims_speakers_and_names() -> None:
    merged = apply(extraction(), [same(A, B)], shipped())
    assert {m.key for m in merged.mentions} == {A}
    assert [(c.subject, c.relation, c.object) for c in merged.claims] == [(A, "visited", "ref:paris")]  # none with itself
    assert merged.quotations[0].speaker == A
    kept = next(e for e in merged.entities if e.key == A)
    assert kept.names == ("سالم المرزوق", "مرزوق")
    assert B not in {e.key for e in merged.entities}


def test_a_merge_into_the_reference_data_takes_its_labels() -> None:
    merged = apply(extraction(), [same("ref:vladimir_putin", B)], shipped())
    kept = next(e for e in merged.entities if e.key == "ref:vladimir_putin")
    assert (kept.label_en, kept.transliterated) == ("Vladimir Putin", False)


def test_a_split_is_of_one_article() -> None:
    split = [Decision(decision="split", one=A, other="a1")]
    here, elsewhere = apply(extraction("a1"), split, shipped()), apply(extraction("a2"), split, shipped())
    assert A not in {e.key for e in here.entities}
    assert "person:سالم المرزوق a1" in {e.key for e in here.entities}
    assert elsewhere == extraction("a2")


def test_different_changes_nothing() -> None:
    assert apply(extraction(), [Decision(decision="different", one=A, other=B)], shipped()) == extraction()


def test_a_changed_extraction_makes_a_graph() -> None:
    assert article_graph(apply(extraction(), [same(A, B)], shipped()), RUN, Settings()).triples


def test_changed_counts_what_matters() -> None:
    assert changed([same(A, B)], [same(A, B), Decision(decision="different", one=A, other="person:z")]) == frozenset()
    assert changed([], [same(A, B)]) == frozenset({A, B})
    assert changed([same(A, B)], []) == frozenset({A, B})


def test_only_the_articles_that_name_them_are_stale() -> None:
    settings = Settings()
    with Store.open(None, settings.iris) as store:
        other = Extraction(Article("b", "باريس"), (PARIS,), (Mention(Span(0, 5), "باريس", EntityType.PLACE, Origin.GAZETTEER, "ref:paris"),))
        store.put([article_graph(e, RUN, settings) for e in (extraction("a1"), other)])
        assert stale(store, [], []) == frozenset()
        assert stale(store, [], [same(A, B)]) == frozenset({"a1"})
        assert stale(store, [], [Decision(decision="split", one="ref:paris", other="b")]) == frozenset({"b"})
        # after the merge the article names only what was kept; taking the decision back must still find it
        store.put([article_graph(apply(extraction("a1"), [same(A, B)], shipped()), RUN, settings)])
        assert stale(store, [same(A, B)], []) == frozenset({"a1"})
