"""How a sentence puts a claim: a sentence for each kind of cue, with the polarity and modality that it must be read with."""

from __future__ import annotations

import pytest

from kg.rules import shipped_rules
from tests import sentences
from tests.sentences import asserted

CUES = sentences.table("stance.tsv")


@pytest.mark.parametrize("row", CUES, ids=[row["cue"] for row in CUES])
def test_cue(row: dict[str, str]) -> None:
    stated = sentences.from_stored(row["sentence"]).stated(row["relation"], row["subject"], row["object"])
    ways = {(c.polarity.value, c.modality.value) for c in stated}
    assert (row["polarity"], row["modality"]) in ways, ways


@pytest.mark.parametrize("row", CUES, ids=[row["cue"] for row in CUES])
def test_only_what_is_positive_and_asserted_can_be_an_edge(row: dict[str, str]) -> None:
    stated = sentences.from_stored(row["sentence"]).stated(row["relation"], row["subject"], row["object"])
    assert any(asserted(c) for c in stated) is ((row["polarity"], row["modality"]) == ("Positive", "Asserted"))


@pytest.mark.live
def test_cues_with_the_live_models() -> None:
    analysed = {article.text: sentences.read(article, doc) for article, doc in sentences.analyse(r["sentence"] for r in CUES)}
    wrong = [
        row["cue"]
        for row in CUES
        if (row["polarity"], row["modality"])
        not in {
            (c.polarity.value, c.modality.value)
            for c in analysed[row["sentence"]].stated(row["relation"], row["subject"], row["object"])
        }
    ]
    assert len(wrong) <= 0.1 * len(CUES), wrong


def test_the_table_covers_every_modality_in_both_ways() -> None:
    assert {row["modality"] for row in CUES} == {"Asserted", "Planned", "Hypothetical", "Requested", "Denied", "Reported"}
    assert {row["polarity"] for row in CUES} == {"Positive", "Negative"}
    assert len(CUES) >= 70


def test_cues_are_found_in_their_forms() -> None:
    cues = shipped_rules().cues
    assert cues["governor"]["نفت"] == "denied"
    assert cues["governor"]["يعتزم"] == "planned"
    assert cues["governor"]["نافيا"] == "denied"
    assert cues["before"]["لم"] == "negated"
    assert cues["modifier"]["المرتقبه"] == "planned"
