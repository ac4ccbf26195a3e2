"""Careless spelling is put right where a text has it throughout, letter for letter, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.spelling import LEAST, restore

# In the order of their frequency; كتابه "his book" is a word as good as كتابة "writing".
RANKS = {word: rank for rank, word in enumerate(["في", "أن", "إلى", "إيران", "أكد", "مدينة", "دولة", "حكومة", "وزارة", "منظمة", "علي", "كتابه", "كتابة", "الذي", "إن", "على", "عن", "مع", "من", "ما", "لا"], 1)}


def test_ta_marbuta_written_as_ha_throughout() -> None:
    careless = "مدينه دوله حكومه وزاره منظمه كتابه"
    assert restore(careless, RANKS) == "مدينة دولة حكومة وزارة منظمة كتابه", "what is a word either way stays"


def test_hamza_dropped_throughout() -> None:
    assert restore("ان الى ايران اكد الى ايران", RANKS) == "ان إلى إيران أكد إلى إيران"


def test_a_slip_in_a_careful_text_stays() -> None:
    text = "مدينه دولة حكومة وزارة منظمة مدينة دولة"
    assert restore(text, RANKS) == text


def test_too_little_to_conclude_from_stays() -> None:
    text = " ".join(["مدينه"] * (LEAST - 1))
    assert restore(text, RANKS) == text


def test_without_known_words_nothing_is_changed() -> None:
    assert restore("مدينه دوله حكومه وزاره منظمه", {}) == "مدينه دوله حكومه وزاره منظمه"


@given(st.text(alphabet="اأإآبتثةهىيلمن .،x\n", max_size=200))
def test_offsets_stay(text: str) -> None:
    assert [c.isspace() for c in restore(text, RANKS)] == [c.isspace() for c in text]
