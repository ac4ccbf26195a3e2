"""Forms of verbs and nouns."""

from __future__ import annotations

import pytest

from kg.language.morphology import conjugate, is_feminine, is_future, noun_forms, participles


@pytest.mark.parametrize(
    ("past", "present", "forms"),
    [
        ("زار", "يزور", ["زار", "زارت", "زاروا", "يزور", "تزور", "يزوران", "سيزور", "يزر"]),
        ("التقى", "يلتقي", ["التقي", "التقت", "التقيا", "التقوا", "يلتقي", "يلتقيان", "يلتق", "سيلتقي"]),
        ("دعا", "يدعو", ["دعا", "دعت", "دعوا", "يدعو", "تدعو", "يدعون", "يدع"]),
        ("أعلن", "يعلن", ["اعلن", "اعلنت", "اعلنوا", "يعلن", "تعلن", "يعلنون"]),
        ("هاجم", "يهاجم", ["هاجم", "هاجمت", "هوجم", "هوجمت", "يهاجم"]),
    ],
)
def test_conjugation(past: str, present: str, forms: list[str]) -> None:
    assert set(forms) <= conjugate(past, present)


def test_no_first_person_that_is_another_verb() -> None:
    assert "اكد" not in conjugate("كاد", "يكاد")


def test_participles() -> None:
    assert {"محذر", "محذرا", "محذره"} <= participles("حذر", "يحذر")
    assert {"داعيا", "داعيه"} <= participles("دعا", "يدعو")
    assert "مقاومه" not in participles("قاوم", "يقاوم")


def test_nouns() -> None:
    assert {"زياره", "زيارت", "الزياره"} <= noun_forms("زيارة")
    assert {"هجوم", "هجوما", "الهجوم"} <= noun_forms("هجوم")
    assert {"لقاء", "لقاي", "اللقاء"} <= noun_forms("لقاء")


def test_future_and_gender() -> None:
    assert is_future("سيزور")
    assert not is_future("سمع")
    assert is_feminine("زارت")
    assert is_feminine("تزور")
    assert not is_feminine("يزور")
