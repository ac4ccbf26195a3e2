"""Who says what: passages of our own, from stored analyses and, in a lane of their own, from the live models."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import modelset
from kg.arabic import fold
from kg.errors import DataError, ModelError
from kg.language.speech import CuesFile, cues, quoted
from kg.model import Quotation
from kg.qualifiers.speakers import Said
from kg.reference import shipped
from kg.tables import read_settings
from tests.passages import Passage, Read, analysed, analyses, interpret, passages

PASSAGES = passages("attribution")


def _names(read: Read, key: str) -> set[str]:
    """All that an entity is called in its passage, and a state that speaks by its capital by the reference data."""
    named = {fold(name) for e in read.entities.entities if e.key == key for name in (e.label_ar, *e.names)}
    thing = shipped().things.get(key.removeprefix("ref:"))
    return named | {fold(m.text) for m in read.entities.mentions if m.key == key} | {fold(n) for n in (thing.names if thing else ())}


def _is(read: Read, said: Said, wanted: str) -> bool:
    if not wanted:
        return not said
    if wanted.startswith("~"):
        return bool(said.text) and fold(said.text).startswith(fold(wanted[1:]))
    return not said.text and any(f" {fold(wanted)} " in f" {name} " for name in _names(read, said.key))


def _faults(passage: Passage, read: Read) -> list[str]:
    faults = []
    for words, wanted in passage.wanted["said"]:
        said = read.attribution.of(read.token(words))
        if not _is(read, said, wanted):
            faults.append(f"{passage.id}: {words}: {wanted or 'nobody'}, not {said}")
    return faults


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p.id)
def test_who_says_it(passage: Passage) -> None:
    assert _faults(passage, analyses()[passage.article.id]) == []


def test_the_table_is_large() -> None:
    assert len(PASSAGES) >= 60 and sum(len(p.wanted["said"]) for p in PASSAGES) >= 80


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "quotes" in p.wanted], ids=lambda p: p.id)
def test_direct_speech_has_its_speaker(passage: Passage) -> None:
    read = analyses()[passage.article.id]
    found: tuple[Quotation, ...] = read.attribution.quotations()
    assert len(found) == len(passage.wanted["quotes"])
    for quotation, (words, speaker) in zip(found, passage.wanted["quotes"], strict=True):
        assert passage.article.cut(quotation.span).startswith(words)
        assert _is(read, Said(quotation.speaker), speaker)


@pytest.mark.live
@pytest.mark.slow
def test_the_live_models_read_the_same() -> None:
    """The models may read a passage in another way than when it was stored; most must come out right."""
    try:
        modelset.find()
    except ModelError as error:
        pytest.skip(str(error))
    wanted = {p.article.id: p for p in PASSAGES}
    faults, total = [], 0
    for article, doc in analysed():
        if passage := wanted.get(article.id):
            total += len(passage.wanted["said"])
            faults += _faults(passage, interpret(article, doc))
    assert total >= 80
    assert len(faults) <= 0.08 * total, faults


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('قال: "نحن في كابل".', ["نحن في كابل"]),
        ('قال: "نحن في "كابل" الآن".', ['نحن في "كابل" الآن']),
        ("قال: «الوفد وصل» وأضاف: «سنبدأ غدا».", ["الوفد وصل", "سنبدأ غدا"]),
        ('قال و"الناتو" صامت.', ["الناتو"]),
        ('قال: "لم تغلق\nفقرة أخرى".', []),
        ("لا اقتباس هنا.", []),
    ],
)
def test_quotation_marks(text: str, inside: list[str]) -> None:
    assert [text[span.start : span.end] for span in quoted(text)] == inside


def test_the_cues_are_folded_and_whole() -> None:
    made = cues()
    assert "وفقال" in made.according and "مصدر" in made.words["sources"]
    assert "واضاف"[1:] in made.verbs["continuing"] and made.verbs["relaying"] >= {"نقل", "نقلت"}


def test_faulty_cues_are_named(tmp_path: Path) -> None:
    path = tmp_path / "attribution.toml"
    path.write_text('that = ["أن"]\nwords = ["x"]\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"attribution\.toml"):
        read_settings(path, CuesFile)


def test_the_stored_analyses_cover_the_passages() -> None:
    assert {p.article.id for p in PASSAGES} <= set(analyses())
