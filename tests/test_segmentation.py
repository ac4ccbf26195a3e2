"""Words and their proclitics as the shipped models divide them: news words that go wrong in a treebank-trained pipeline."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest

from kg import modelset
from kg.analysis import Analyser
from kg.model import Article
from kg.reference import shipped
from kg.texts.namewords import name_words

pytestmark = pytest.mark.live

# Sentence; the token in it; its words.
CASES = [
    ("قال إن الوزراء سيتحدثون غدا.", "سيتحدثون", "س يتحدثون"),  # they will speak
    ("اجتمع الرئيسان وبالكرملين علقا الأعلام.", "وبالكرملين", "و ب الكرملين"),  # and in the Kremlin
    ("سافر الوفد لروسيا أمس.", "لروسيا", "ل روسيا"),  # to Russia
    ("وقعت روسيا وبيلاروسيا الاتفاق.", "وبيلاروسيا", "و بيلاروسيا"),  # and Belarus
    ("اتصل الوزير بماكرون هاتفيا.", "بماكرون", "ب ماكرون"),  # with Macron
    ("زار الوفد بروسيا مناطق عدة وعاد إلى بيلاروسيا.", "بيلاروسيا", "بيلاروسيا"),
    ("ناقش بوتين ولافروف الأزمة.", "ولافروف", "و لافروف"),
    ("التقى الوزير بلافروف في جنيف.", "بلافروف", "ب لافروف"),
    ("شنت الطائرات هجوما بغارات ليلية على المدينة.", "بغارات", "ب غارات"),
    ("شارك في الحفل كوزير سابق للمالية.", "كوزير", "ك وزير"),  # as a former minister
    ("طالب المحامي بضمانات قبل التوقيع.", "بضمانات", "ب ضمانات"),
    ("طرح المدير فكرة جديدة على الموظفين.", "فكرة", "فكرة"),  # an idea, not a ball
    ("هذا مثال فعلي على النجاح.", "فعلي", "فعلي"),
    ("قدم بشار ووليد التعازي.", "بشار", "بشار"),
    ("سافر إلى لندن ثم إلى برلين وبكين.", "وبكين", "و بكين"),
    ("سافر إلى باريس وبرلين.", "وبرلين", "و برلين"),
    ("زار الوزير بيروت ولاهاي.", "ولاهاي", "و لاهاي"),
    ("وصل بايدن إلى بروكسل.", "بايدن", "بايدن"),
    ("تحدث لبنان عن الحدود.", "لبنان", "لبنان"),
    ("قالت ليبيا إنها موافقة.", "ليبيا", "ليبيا"),
    ("حضر ممثلون للدول المشاركة.", "للدول", "ل الدول"),  # of the states: the article is written into the preposition
    ("التقى بايدن بلينكن وبوريل.", "وبوريل", "و بوريل"),
    ("وأعلنت الحكومة موقفها.", "وأعلنت", "و أعلنت"),
    ("وستبحث القمة الملف.", "وستبحث", "و س تبحث"),
    ("وصل وزير الدفاع أمس.", "وزير", "وزير"),
    ("طالب بوقف النار فورا.", "بوقف", "ب وقف"),
]


@pytest.fixture(scope="module")
def divide() -> Callable[[str], list[tuple[str, list[str]]]]:
    """Text -> its tokens with their words, as articles are divided."""
    analyser = Analyser(modelset.pipeline(modelset.find("shipped")), name_words(shipped()))

    def tokens(text: str) -> list[tuple[str, list[str]]]:
        ((_, doc),) = analyser.analyse([Article("1", text)])
        starts, ends, surface = (doc.user_data[key] for key in ("starts", "ends", "surface"))
        parts = [list(words) for _, words in groupby(doc, key=lambda word: surface[word.i])]
        return [(text[starts[words[0].i] : ends[words[-1].i]], [word.text for word in words]) for words in parts]

    return tokens


@pytest.mark.parametrize(("sentence", "token", "words"), CASES)
def test_segmentation(divide: Callable[[str], list[tuple[str, list[str]]]], sentence: str, token: str, words: str) -> None:
    found = [parts for text, parts in divide(sentence) if text == token]
    assert found, f"{token} is no token of its own"
    assert found[0] == words.split()


def test_a_name_keeps_its_proclitic_outside(divide: Callable[[str], list[tuple[str, list[str]]]]) -> None:
    """However often it is written, a name is divided the same way."""
    tokens = [words for _, words in divide("وبوتين وبوتين وبوتين زاروا بوتين.")]
    assert tokens[:3] == [["و", "بوتين"]] * 3
