"""The project's own gold is sound: ids exist, types fit, names are in the texts, spans are what they say.

Each folder of tests/gold with a relations.tsv is checked against its articles: those of kg/data/samples for `samples`,
else the articles.jsonl beside it.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kg import articles
from kg.arabic import fold
from kg.files import SAMPLES
from kg.inventory import RELATIONS
from kg.model import Article, EntityType
from tests import sentence_gold

GOLD = Path(__file__).parent / "gold"
SETS = sorted(path.parent.name for path in GOLD.glob("*/relations.tsv"))
# The clitics and the article that may stand before a name within one word; «للرياض» has lost an alef.
BEFORE = r"(?<!\w)(?:[وف])?(?:[بلك])?"
# A state is often named by its adjective alone (الروسي), or by a word for its people or its seat of government.
ENDINGS = ("ستان", "يا", "ا", "ه", "ان")
# Others that news calls by an adjective: the UN (الأممي), the Union (الأوروبي), Chechnya (الشيشاني), the Soviets (السوفيتي).
ADJECTIVES = {"united_nations": "امم", "european_union": "اوروبي", "chechnya": "شيشاني", "soviet_union": "سوفيتي"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def texts(name: str) -> dict[str, Article]:
    """The articles of a gold set by id."""
    found = articles.read([str(SAMPLES if name == "samples" else GOLD / name / "articles.jsonl")])
    stored = {item.id: item for item in found if isinstance(item, Article)}
    assert stored
    return stored


@cache
def entities(name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows(GOLD / name / "entities.tsv")}


def named(entity: dict[str, str], text: str) -> bool:
    """Whether a name of the entity stands in the folded text; for a state, also its adjective."""
    if ADJECTIVES.get(entity["id"], "-") in text:
        return True
    for name in map(fold, entity["names_ar"].split("|")):
        forms = [re.escape(name)]
        if name.startswith("ال"):
            forms.append("ل" + re.escape(name[2:]))
        if re.search(f"{BEFORE}(?:{'|'.join(forms)})(?!\\w)", text):
            return True
        if entity["type"] == EntityType.COUNTRY:
            words = [word.removeprefix("ال") for word in name.split()]
            stems = [
                next((w[: -len(e)] for e in ENDINGS if w.endswith(e) and len(w) - len(e) > 1), w)
                for w in words
            ]
            if all(stem in text for stem in stems):
                return True
    return False


def test_there_is_gold() -> None:
    assert "samples" in SETS


@pytest.mark.parametrize("name", SETS)
def test_rows_are_sound(name: str) -> None:
    """Articles, entities, relations and statuses exist; some alternative fits domain and range; nothing is said twice."""
    known = entities(name)
    seen: set[tuple[str, frozenset[str], str, frozenset[str]]] = set()
    for row in rows(GOLD / name / "relations.tsv"):
        where = "\t".join(str(value) for value in row.values())
        assert row["article"] in texts(name), where
        assert row["status"] in {"yes", "maybe", "claim"}, where
        relation = RELATIONS[row["relation"]]
        subjects, objects = row["subject"].split("|"), row["object"].split("|")
        assert all(id in known for id in subjects + objects), where
        assert any(known[id]["type"] in relation.domain for id in subjects), where
        assert any(known[id]["type"] in relation.range for id in objects), where
        assert not set(subjects) & set(objects), where
        key = (row["article"], frozenset(subjects), row["relation"], frozenset(objects))
        assert key not in seen, where
        if relation.symmetric:
            assert (key[0], key[3], key[2], key[1]) not in seen, where
        seen.add(key)
        if row["status"] == "claim":
            kinds = ("planned", "negated", "denied", "hypothetical", "requested", "reported", "alleged")
            assert row["note"].startswith(kinds), where


@pytest.mark.parametrize("name", SETS)
def test_articles_are_annotated(name: str) -> None:
    """Every article has a row, or is listed as one that states no relation at all."""
    annotated = {row["article"] for row in rows(GOLD / name / "relations.tsv")}
    empty = GOLD / name / "empty.txt"
    nothing = set(empty.read_text(encoding="utf-8").split()) if empty.exists() else set()
    assert annotated.isdisjoint(nothing)
    assert annotated | nothing == set(texts(name))


@pytest.mark.parametrize("name", SETS)
def test_names_are_in_the_texts(name: str) -> None:
    """Each side of a row is named, by some name, in its article; but for `maybe`, and who is known by title and date."""
    known = entities(name)
    assert len(known) == len(rows(GOLD / name / "entities.tsv"))
    assert {entity["type"] for entity in known.values()} <= set(EntityType)
    folded = {id: fold(article.text) for id, article in texts(name).items()}
    gold = rows(GOLD / name / "relations.tsv")
    by_title = {(row["article"], row["subject"]) for row in gold if "by the title" in row["note"]}
    missing = [
        (row["article"], side)
        for row in gold
        if row["status"] != "maybe"
        for side in (row["subject"], row["object"])
        if (row["article"], side) not in by_title
        and not any(named(known[id], folded[row["article"]]) for id in side.split("|"))
    ]
    assert not missing


def test_sample_articles() -> None:
    """They are of the length of news, have a date, and come from all the readers."""
    lengths = {id: len(article.text.split()) for id, article in texts("samples").items()}
    assert len(lengths) >= 12
    assert all(120 <= length <= 400 for length in lengths.values()), lengths
    assert all(article.published and article.title for article in texts("samples").values())
    assert {Path(article.path).suffix for article in texts("samples").values()} == {".jsonl", ".txt", ".html"}


def test_samples_use_every_relation() -> None:
    asserted = {row["relation"] for row in rows(GOLD / "samples" / "relations.tsv") if row["status"] == "yes"}
    assert asserted == set(RELATIONS)


def test_mentions_are_what_they_say() -> None:
    """Offsets count code points of the stored text; mentions don't overlap; kinds and entities exist."""
    last: dict[str, int] = {}
    for row in rows(GOLD / "samples" / "mentions.tsv"):
        text = texts("samples")[row["article"]].text
        start, end = int(row["start"]), int(row["end"])
        assert text[start:end] == row["text"], row
        assert start >= last.get(row["article"], 0), row
        assert row["kind"] in {"name", "title", "reference"}
        assert row["entity"] in entities("samples")
        last[row["article"]] = end
    assert len(last) == 6


def test_sentence_ends_are_sound() -> None:
    """The raw text holds the marked sentences in order, with nothing but space between; it is news of some length."""
    assert len(sentence_gold.files()) >= 12
    for path in sentence_gold.files():
        marked = path.read_text(encoding="utf-8")
        raw, spans = sentence_gold.rebuild(marked)
        assert [raw[start:end] for start, end in spans] == [line for line in marked.split("\n") if line]
        assert all(line == line.strip() for line in marked.split("\n"))
        gaps = [raw[a[1] : b[0]] for a, b in pairwise(spans)]
        assert set(gaps) <= {" ", "\n", "\n\n"}, path.name
        assert "\n\n" in gaps
        assert 80 <= len(raw.split()) <= 150, path.name
