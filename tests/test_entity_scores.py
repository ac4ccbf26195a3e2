"""Mention F1, CEAF-e, B³ and links: against small cases whose figures can be worked out by hand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import InputError
from kg.graph import Settings, article_graph
from kg.measure import entity_gold
from kg.measure.entity_scores import (
    Figure,
    GoldEntity,
    GoldMention,
    b_cubed,
    ceaf_e,
    clusters,
    is_name,
    score_links,
    score_sample,
)
from kg.model import Article, Entity, EntityType, Extraction, Mention, Origin, Run, Span
from kg.store import Store

P, C = EntityType.PERSON, EntityType.COUNTRY
TEXT = "زار بوتين روسيا والتقى الرئيس الروسي في روسيا البيضاء مع كيم"


def mention(words: str, key: str, kind: EntityType = P, origin: Origin = Origin.GAZETTEER, note: str = "", start: int = 0) -> Mention:
    at = TEXT.index(words, start)
    return Mention(Span(at, at + len(words)), words, kind, origin, key, note)


FOUND = (
    mention("بوتين", "ref:vladimir_putin"),
    mention("روسيا", "ref:russia", C),
    mention("الرئيس الروسي", "ref:vladimir_putin", P, Origin.TITLE, "head_of_state of russia on 2018-01-01"),
    mention("روسيا البيضاء", "ref:russia", C),
)
ENTITIES = (
    Entity("ref:vladimir_putin", P, "فلاديمير بوتين", "Vladimir Putin", False, ("بوتين",)),
    Entity("ref:russia", C, "روسيا", "Russia", False, ("روسيا", "روسيا البيضاء")),
)
EXTRACTION = Extraction(Article("a", TEXT), ENTITIES, FOUND)
GOLD = (
    GoldEntity("putin", ("بوتين", "الرئيس الروسي", "فلاديمير بوتين")), GoldEntity("russia", ("روسيا",)),
    GoldEntity("belarus", ("بيلاروسيا", "روسيا البيضاء")), GoldEntity("kim", ("كيم",)),
)  # fmt: skip


def test_figures() -> None:
    assert (Figure(2, 4, 8).precision, Figure(2, 4, 8).recall) == (0.5, 0.25)
    assert Figure(2, 4, 8).f1 == pytest.approx(1 / 3)
    assert (Figure(1, 2, 4) + Figure(1, 2, 4)).recall == 0.25
    assert Figure(0, 0, 0).f1 == 1.0


def test_b_cubed_of_the_textbook() -> None:
    """Seven items, gold {1..5} {6 7} {8..12}, system {1..5} {6..12}: P 0.76, R 1 (Bagga and Baldwin)."""
    gold = clusters([*((i, "a") for i in range(1, 6)), (6, "b"), (7, "b"), *((i, "c") for i in range(8, 13))])
    system = clusters([*((i, "x") for i in range(1, 6)), *((i, "y") for i in range(6, 13))])
    figure = b_cubed(system, gold)
    assert figure.precision == pytest.approx((5 * 1 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert figure.recall == 1.0


def test_ceaf_e() -> None:
    gold = clusters([(1, "a"), (2, "a"), (3, "b")])
    assert ceaf_e(gold, gold).f1 == 1.0
    one = clusters([(1, "x"), (2, "x"), (3, "x")])
    figure = ceaf_e(one, gold)  # the best alignment gives {1 2 3} to {1 2}: 2 * 2 / 5
    assert figure.precision == pytest.approx(0.8)
    assert figure.recall == pytest.approx(0.4)
    assert ceaf_e({}, gold).recall == 0.0


def test_spurious_items_cost_precision() -> None:
    gold, system = clusters([(1, "a")]), clusters([(1, "x"), (2, "y")])
    assert b_cubed(system, gold).precision == 0.5
    assert ceaf_e(system, gold).precision == 0.5


def test_links() -> None:
    score = score_links([EXTRACTION], GOLD, ["بوتين", "روسيا"])
    told = {link.text: (link.found, link.right) for link in score.links}
    assert told == {
        "بوتين": (True, True), "روسيا": (True, True), "الرئيس الروسي": (True, True), "روسيا البيضاء": (True, True), "كيم": (False, False),
    }  # fmt: skip
    assert score.found.recall == 0.8
    assert score.accuracy == 1.0
    assert score.overall == 0.8
    assert score.on_reference == 1.0
    assert score.merged == ("ref:russia",)  # Russia and Belarus in one
    assert score.split == ()


def test_a_split_is_told() -> None:
    other = Mention(FOUND[0].span, "بوتين", P, Origin.MODEL, "person:بوتين")
    entities = (*ENTITIES, Entity("person:بوتين", P, "بوتين", "Putin", True, ("بوتين",)))
    score = score_links([Extraction(Article("a", TEXT), entities, (other, *FOUND[1:]))], GOLD)
    assert score.split == ("putin",)


def test_titles_organs_and_references_are_no_names() -> None:
    assert [is_name(m) for m in FOUND] == [True, True, False, True]
    assert not is_name(mention("روسيا", "ref:russia", C, Origin.PATTERN, "stands for it"))
    assert not is_name(mention("روسيا", "ref:russia", C, Origin.REFERENCE, "country named before"))
    assert is_name(mention("بوتين", "ref:vladimir_putin", P, Origin.TITLE, "spelling of vladimir_putin, head_of_state russia"))


def test_samples() -> None:
    gold = [
        GoldMention("a", FOUND[0].span, "putin", "Person"),
        GoldMention("a", FOUND[1].span, "russia", "Country"),
        GoldMention("a", FOUND[2].span, "putin", "Person", "title"),
        GoldMention("a", mention("كيم", "x").span, "kim", "Person"),
    ]
    bears = {"ref:vladimir_putin": frozenset({"putin"}), "ref:russia": frozenset({"russia", "belarus"})}
    score = score_sample(FOUND, gold, bears, {"Person", "Country"})
    assert (score.mentions.precision, score.mentions.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert score.linked.right == 2
    assert score.typed.right == 2
    assert 0 < score.b3.recall < 1 and 0 < score.ceaf.precision < 1
    only_persons = score_sample(FOUND, gold, bears, {"Person"})
    assert only_persons.mentions.found == 1


def _gold(folder: Path) -> Path:
    folder.mkdir()
    rows = "".join(f"{e.id}\t{'Country' if e.id in {'russia', 'belarus'} else 'Person'}\t\t{'|'.join(e.names)}\n" for e in GOLD)
    (folder / "entities.tsv").write_text("id\ttype\tname_en\tnames_ar\n" + rows, encoding="utf-8")
    at = FOUND[0].span
    (folder / "mentions.tsv").write_text(
        f"article\tstart\tend\ttext\tentity\tkind\na\t{at.start}\t{at.end}\tبوتين\tputin\tname\n", encoding="utf-8"
    )
    return folder


def test_a_store_is_measured_by_the_command(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", Settings().iris) as store:
        store.put([article_graph(EXTRACTION, Run("0", "none", (), dt.datetime(2026, 1, 1)), Settings())])
    gold = _gold(tmp_path / "gold")
    result = CliRunner().invoke(app, ["entities", "score", "-g", str(tmp_path), "--gold", str(gold), "--json"])
    assert result.exit_code == 0, result.output
    values = json.loads(result.output)
    assert (values["names"], values["names_found"], values["wrongly_merged"]) == (5, 0.8, 1)
    assert values["names"] == len(score_links([EXTRACTION], GOLD).links)
    shown = CliRunner().invoke(app, ["entities", "score", "-g", str(tmp_path), "--gold", str(gold), "--list"]).output
    assert "kim: missed" in shown and "merged  ref:russia" in shown and "clusters, B3" in shown


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no entities\.tsv"):
        entity_gold.read([tmp_path])
