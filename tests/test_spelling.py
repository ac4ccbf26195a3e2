"""Careless spelling is put right where a text has it throughout, letter for letter, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.texts.spelling import LEAST, Speller, habits

# In the order of their frequency; كتابه "his book" is a word as good as كتابة "writing".
KNOWN = ["في", "من", "أن", "إلى", "على", "إن", "قال", "هذه", "أكد", "إيران", "عليه", "حكومة", "دولة", "مدينة", "وزارة", "منظمة", "رئيس", "الذي", "التي", "علي", "كتابه", "كتابة", "شعب", "قرار", "إعادة", "أعاد", "إسرائيل", "الأمم", "سياسي", "مدرسة", "أعلن", "المصري", "مستشفى", "عمل", "إعمار", "كتاب", "عن", "مع", "ما", "لا"]
RANKS = {word: rank for rank, word in enumerate(KNOWN, 1)}
SPELLER = Speller(RANKS, ("إسكندرية", "الإسكندرية"))
# Enough words of a kind for a text to show it.
HA = "مدينه دوله حكومه وزاره منظمه "
ALEF = "ايران اكد الى اعلن اسرائيل "
YA = "المصرى الذى فى التى فى "


@pytest.mark.parametrize(
    ("careless", "right"),
    [
        (HA + "كتابه", "مدينة دولة حكومة وزارة منظمة كتابه"),  # what is a word either way stays
        (ALEF, "إيران أكد إلى أعلن إسرائيل "),
        (YA + "مستشفى على", "المصري الذي في التي في مستشفى على"),  # of two letters too; what has alef maqsura keeps it
        # Words that are known without what stands before and behind them.
        (HA + "بالوزاره ومنظمه عليه", "مدينة دولة حكومة وزارة منظمة بالوزارة ومنظمة عليه"),
        (HA + "وشعبه وقراره مدرسته", "مدينة دولة حكومة وزارة منظمة وشعبه وقراره مدرسته"),  # his people, decision, school
        (ALEF + "للامم واعادتها باعلانه", "إيران أكد إلى أعلن إسرائيل للأمم وإعادتها باعلانه"),
        (HA + "سياسيه القياسيه يعمله", "مدينة دولة حكومة وزارة منظمة سياسية القياسية يعمله"),  # adjectives, a verb
        # Several kinds at once, and a name of the reference data.
        (HA + ALEF + "الاسكندريه اعاده", "مدينة دولة حكومة وزارة منظمة إيران أكد إلى أعلن إسرائيل الإسكندرية إعادة"),
        # A kind that the text does not show is left, though the word is known with it.
        (HA + "أعلن أكد إسرائيل أن اعاده", "مدينة دولة حكومة وزارة منظمة أعلن أكد إسرائيل أن اعادة"),
        # The particle behind a verb of saying and at the start; behind other verbs; with a subjunctive.
        (ALEF + "قال رئيس ايران ان الحكومة", "إيران أكد إلى أعلن إسرائيل قال رئيس إيران إن الحكومة"),
        (ALEF + "اكد رئيس ايران ان الحكومة", "إيران أكد إلى أعلن إسرائيل أكد رئيس إيران أن الحكومة"),
        (ALEF + "قال ان يعمل", "إيران أكد إلى أعلن إسرائيل قال أن يعمل"),
        ("ان " + ALEF, "إن إيران أكد إلى أعلن إسرائيل "),
    ],
)
def test_carelessness_throughout_is_put_right(careless: str, right: str) -> None:
    assert SPELLER.restore(careless) == right
    assert SPELLER.restore(right) == right, "and what is right stays"


def test_a_slip_in_a_careful_text_stays() -> None:
    text = "مدينه دولة حكومة وزارة منظمة مدينة دولة"
    assert SPELLER.restore(text) == text


def test_too_little_to_conclude_from_stays() -> None:
    text = " ".join(["مدينه"] * (LEAST - 1))
    assert SPELLER.restore(text) == text


def test_without_known_words_nothing_is_changed() -> None:
    assert Speller({}).restore(HA) == HA


@given(st.text(alphabet="اأإآبتثةهىيوفلمن .،x\n", max_size=200))
def test_offsets_and_letters_stay(text: str) -> None:
    folded = str.maketrans("أإآةى", "اااهي")
    written = HA + ALEF + YA + text
    assert SPELLER.restore(written).translate(folded) == written.translate(folded)


def test_the_data_are_spelt_with_care() -> None:
    that = habits().that
    assert all(word == word.strip() and " " not in word for word in that.saying | that.telling | that.directly)
    assert not that.saying & that.telling and all(word.startswith("إن") or word == "إني" for word in that.opening)
    assert all(share > 0 for share in (*habits().before.values(), *habits().behind.values()))
