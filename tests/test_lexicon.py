"""The lexicons of titles, organs, references, patterns: loaded, folded, without contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import files
from kg.arabic import fold
from kg.errors import DataError
from kg.language.words import words
from kg.lexicon import HeadEntry, Lexicon, load, phrases, shipped_lexicon
from kg.reference import shipped
from kg.tables import read_toml

FOLDER = files.DATA / "lexicon"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def test_the_longest_phrase_wins() -> None:
    table = phrases([("رئيس", "head"), ("رئيس أركان", "chief")])
    text = words("رئيس أركان الجيش")
    assert table.at(text, 0) == ("chief", 2)
    assert table.at(text, 1) is None
    assert table.at(text, 9) is None


def test_phrases_without_the_article() -> None:
    table = phrases([("أمين عام", "x")], bare_forms=True)
    assert table.at(words("الأمين العام للحزب"), 0) == ("x", 2)
    assert table.at(words("والأمين العام"), 0, first="الامين") == ("x", 2)


def test_a_phrase_does_not_run_over_a_stop() -> None:
    table = phrases([("رئيس أركان", "chief")])
    assert table.at(words("رئيس. أركان"), 0) is None
    assert table.at(words("رئيس «أركان»"), 0) == ("chief", 2)


def test_every_head_has_forms_and_one_id() -> None:
    heads = read_toml(FOLDER / "titles.toml", "head", HeadEntry)
    assert len({h.id for h in heads}) == len(heads)
    assert all(h.forms and h.gloss for h in heads)


def test_nisbas_reach_states_and_organisations(lexicon: Lexicon) -> None:
    for form, of in (("الروسي", "russia"), ("الكورية الجنوبية", "south_korea"), ("الأممية", "united_nations"), ("الأوروبي", "european_union")):
        found = lexicon.nisbas.at(words(form), 0)
        assert found and found[0] == of, form


def test_nisbas_name_what_the_reference_holds(lexicon: Lexicon) -> None:
    reference = shipped()
    told = {value for options in lexicon.nisbas.index.values() for _, value in options}
    assert told <= set(reference.things)


def test_ambiguous_names_are_names(lexicon: Lexicon) -> None:
    reference = shipped()
    assert [n for n in lexicon.company if n not in reference.names] == []
    assert lexicon.company_states <= set(reference.things)
    assert not lexicon.company & lexicon.never


def test_words_are_folded(lexicon: Lexicon) -> None:
    for group in (lexicon.former, lexicon.modifiers, lexicon.ranks, lexicon.never, lexicon.company, lexicon.plurals):
        assert group and all(fold(word) == word for word in group)


def test_a_lexicon_that_breaks_its_schema_is_refused(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "titles.toml").write_text('[[head]]\nid = "x"\nclass = "wizard"\ngloss = ""\nforms = ["ساحر"]\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"titles\.toml head 1"):
        load(tmp_path, shipped())
