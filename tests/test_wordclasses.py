"""Classes of words: folded when read, faults named, and every shipped class in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import files
from kg.errors import DataError
from kg.language.wordclasses import load, shipped

_ONE = '[[class]]\nid = "a"\ngloss = "on"\nof = "prepositions"\nreads = "على"\nforms = ["على", "إلى رأس"]\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "words.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_are_folded(tmp_path: Path) -> None:
    classes = load(write(tmp_path, _ONE))
    assert classes["a"] == {"علي", "الي راس"}
    assert classes.readings("prepositions") == {("علي",): "على", ("الي", "راس"): "على"}


def test_verbs_are_conjugated(tmp_path: Path) -> None:
    text = '[[class]]\nid = "a"\ngloss = "visit"\nof = "deeds"\nforms = ["زيارة"]\nverbs = ["زار يزور"]\n'
    classes = load(write(tmp_path, text))
    assert {"زياره", "زارت", "تزور"} <= classes["a"]
    assert set(classes.verbs_of("deeds")) == {"زياره"} and "زياره" not in classes.verbs_of("deeds")["زياره"]
    with pytest.raises(DataError, match="no class of 'acts'"):
        classes.verbs_of("acts")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_ONE + _ONE, "two classes are called 'a'"),
        (_ONE.replace("gloss", "glos"), "words.toml class 1"),
        (_ONE.replace('["على", "إلى رأس"]', "[]"), "forms or verbs"),
        (_ONE.replace('forms = ["على", "إلى رأس"]', 'verbs = ["زار"]'), "verbs"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load(write(tmp_path, text))


def test_a_class_that_is_not_there_is_named(tmp_path: Path) -> None:
    classes = load(write(tmp_path, _ONE))
    with pytest.raises(DataError, match=r"words\.toml has no class 'b'; it has a"):
        classes["b"]
    with pytest.raises(DataError, match="no class of 'phrases'"):
        classes.readings("phrases")


@pytest.mark.parametrize("name", sorted(path.stem for path in (files.DATA / "lexicon").glob("*.toml") if "[[class]]" in path.read_text(encoding="utf-8")))
def test_every_class_is_used(name: str) -> None:
    """A class that no module asks for is dead data."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in files.PACKAGE.rglob("*.py"))
    asked = set(re.findall(r'(?:_CLASSES|_WORDS|readings|verbs_of|phrases)[\[(]"(\w+)"', code))
    assert {row.of or row.id for row in shipped(name).rows} <= asked
