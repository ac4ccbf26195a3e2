"""Folding, proclitics, the article."""

from __future__ import annotations

import pytest

from kg import arabic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"), ("إسلام", "اسلام"), ("آسيا", "اسيا"), ("مصطفى", "مصطفي"), ("مؤتمر", "موتمر"), ("رئيس", "رييس"),
        ("مدرسة", "مدرسه"), ("مـحـمـد", "محمد"), ("مُحَمَّد", "محمد"), ("کابل", "كابل"), ("ایران", "ايران"), ("گوگل", "غوغل"),
        ("١٢٣", "123"), ("۴۵", "45"), ("«داعش»", "داعش"), ("الولايات   المتحدة", "الولايات المتحدة"), ("كي-مون", "كي مون"),
        ("طهران\u200f", "طهران"), ("ﷲ", "الله"),
    ],
)  # fmt: skip
def test_spellings_fold_alike(one: str, other: str) -> None:
    assert arabic.fold(one) == arabic.fold(other)


@pytest.mark.parametrize(("one", "other"), [("روسيا", "روسي"), ("علي", "عالي"), ("سوريا", "سوري"), ("غانا", "غينيا")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert arabic.fold(one) != arabic.fold(other)


def test_folding_a_folded_form_changes_nothing() -> None:
    once = arabic.fold("«مُنظَّمةُ الأمنِ الجماعىّ» – ٢٠٢١")
    assert arabic.fold(once) == once == "منظمه الامن الجماعي 2021"


def test_one_word_stays_one_word() -> None:
    assert arabic.fold_word("كوفيد-19") == "كوفيد19"
    assert " " in arabic.fold("كوفيد-19")


@pytest.mark.parametrize(
    ("word", "rest"),
    [("وروسيا", "روسيا"), ("لروسيا", "روسيا"), ("وبروسيا", "روسيا"), ("فالعراق", "العراق"), ("للعراق", "العراق"), ("وللعراق", "العراق"), ("كفرنسا", "فرنسا")],
)
def test_proclitics_are_read_off(word: str, rest: str) -> None:
    assert rest in [reading for _, reading in arabic.unclitic(word)]


def test_the_whole_word_is_the_first_reading_and_cuts_count_code_points() -> None:
    assert arabic.unclitic("بيروت")[0] == (0, "بيروت")
    assert {rest: cut for cut, rest in arabic.unclitic("وبروسيا")}["روسيا"] == 2


def test_short_words_are_not_cut() -> None:
    assert arabic.unclitic("لن") == ((0, "لن"),)


def test_bare() -> None:
    assert arabic.bare("الرييس") == "رييس"
    assert arabic.bare("الان") == "الان"  # too little would be left


@pytest.mark.parametrize(("text", "yes"), [("سلام", True), ("Hello", False), ("سلام Hello", False), ("123", False), ("قمة G20", True)])
def test_is_arabic(text: str, yes: bool) -> None:
    assert arabic.is_arabic(text) is yes


def test_transliteration_is_readable_and_needs_no_arabic() -> None:
    for name in ("خولة الشنفري", "ثابت القحطاني", "قره باغ", "ژاله", "مي"):
        latin = arabic.transliterate(name)
        assert latin and latin.isascii() and latin[0].isalpha(), latin
    assert arabic.transliterate("الرشيدي").startswith("al-R")
    assert arabic.transliterate("عبد الله") == "Abd Allah"


def test_persian_names_or_a_persian_keyboard_leave_a_text_arabic() -> None:
    # "Pejman Gachi met Chavoshi in Baghdad", "the president met his counterpart in Kuwait", typed with Persian ya and kaf
    assert arabic.is_arabic("التقى پژمان گاچي نظيره چاووشي في بغداد")
    assert arabic.is_arabic("التقى الرئیس نظیره الترکی فی الکویت")
    assert not arabic.is_arabic("رئیس جمهور پاکستان با وزیر دفاع ترکیه گفتگو کرد")  # "Pakistan's president spoke with Turkey's minister"


def test_presentation_forms_are_arabic_and_stand_for_plain_letters() -> None:
    shaped = "\ufee3\ufee0\ufeda \ufe8d\ufefb\ufead\ufea9\ufee5"  # a king of Jordan, with a ligature
    assert arabic.is_arabic(shaped)
    assert arabic.standard(shaped) == "ملك الاردن"
    assert arabic.fold(shaped) == arabic.fold("ملك الأردن")
