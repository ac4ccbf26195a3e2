"""Proclitics left on a word are known by how frequent the word is without them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kg.reference import shipped
from kg.texts.glued import FAMILIAR, MARK, RARE, Glue
from kg.texts.namewords import name_words

# Words of the ranks given, among others.
RANKS = {f"x{n}": n for n in range(1, 40_000)} | {
    "روسيا": 100, "بروسيا": 5_000, "غارات": 1_400, "لافروف": 6_000, "وزير": 90, "كوزير": 30_000, "كرة": 130, "فكرة": 2_000, "علي": 80,
    "فعلي": 21_000, "طور": 6_000, "فطور": 38_000, "كل": 30, "لهم": 120, "كلهم": 23_000, "السلام": 500, "رد": 600, "سيرد": 30_000, "نادر": RARE + 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "before"),
    [
        ("بروسيا", "ب"),
        ("بغارات", "ب"),
        ("بلافروف", "ب"),
        ("كوزير", "ك"),
        ("للسلام", "لل"),
        ("فكرة", ""),  # frequent as it is
        ("فعلي", ""),  # data
        ("فطور", ""),  # too frequent for what stands rarely before a word
        ("كلهم", ""),  # all of them: a form of a more frequent word
        ("بنادر", ""),  # what is left is too rare
        ("بزقاق", ""),
        ("روسيا", ""),
    ],
)
def test_what_is_glued_on_a_word(word: str, before: str) -> None:
    assert RANKS["فكرة"] < FAMILIAR
    assert Glue(RANKS).proclitic(word) == before


def test_words_of_names_are_whole() -> None:
    assert Glue(RANKS, frozenset({"بروسيا"})).proclitic("بروسيا") == ""
    found = name_words(shipped()).whole
    assert {"بريكس", "كرامي"} <= found, "of the start of a name, and of a person's"
    assert not {"بروسيا", "والدفاع", "لروسيا"} & found


def test_tokens_are_marked_for_the_expander() -> None:
    tokens = [SimpleNamespace(text=text, misc=None) for text in ("بغارات", "روسيا", "بغارات")]
    tokens[-1].misc = "SpaceAfter=No|MWT=Yes"
    document = SimpleNamespace(sentences=[SimpleNamespace(tokens=tokens)])
    Glue({}).mark(document)
    assert [token.misc for token in tokens] == [None, None, "SpaceAfter=No|MWT=Yes"], "nothing is known"
    Glue(RANKS).mark(document)
    assert [token.misc for token in tokens] == [MARK, None, "SpaceAfter=No|MWT=Yes"]
