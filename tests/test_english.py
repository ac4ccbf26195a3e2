"""English names made up for organisations and events that the reference data does not know."""

from __future__ import annotations

import pytest

from kg.reference import shipped
from kg.resolution.english import english

# Names of our own -> what a reader without Arabic is shown.
NAMES = {
    "وزارة التجارة الأوزبكية": "Uzbek Ministry of Trade",
    "وزارة المالية": "Ministry of Finance",
    "هيئة الرقابة المالية": "Financial Supervision Authority",
    "حزب العدالة": "Justice Party",
    "حزب الحرية والكرامة": "Freedom and Dignity Party",
    "المجلس الوطني الانتقالي": "National Transitional Council",
    "لجنة حماية الصحفيين": "Committee for Protection of Journalists",
    "المركز النرويجي لحقوق الإنسان": "Norwegian Centre for Human Rights",
    "الصندوق الوطني للتقاعد": "National Fund for Retirement",
    "جامعة تبليسي": "University of Tbilisi",
    "البنك المركزي البولندي": "Polish Central Bank",
    "انتخابات رئاسية فنلندية": "Finnish Presidential Elections",
    "كتائب النصر": "Victory Brigades",
    "حركة «تمرد": "Tamard Movement",
    "شركة كوزين": "Kuzin Company",
}


@pytest.mark.parametrize(("name", "wanted"), NAMES.items(), ids=NAMES.keys())
def test_names(name: str, wanted: str) -> None:
    assert english(name, shipped()) == wanted


def test_names_without_a_head_that_is_known_are_transliterated() -> None:
    assert english("سكايترين", shipped()).isascii()
    assert english("الاتحاد", shipped()).isascii()


def test_every_name_is_in_latin_letters() -> None:
    for name in ("منظمة «روش» الخيرية", "مجلس الشورى في صلالة", "جبهة ٢٤", "هيئة ل"):
        assert english(name, shipped()).isascii()
