"""Article -> Doc: offsets that cut out what they say, in plain text, with diacritics, and for words inside of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import modelset
from kg.analysis import LONGEST, PROCESSORS, Analyser, plain, short_sentences, word_spans
from kg.arabic import MARKS, strip_marks
from kg.model import Article

# "The president met the minister in Tunis. He said that they would speak again."
TEXT = "الرئيس في تونس\n\nالتقى الرئيسُ الوزيرَ في تونس. وقال إنهما سيتحدثان لاحقا.\nوللتحرير بقية"

arabic = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي َُِّْـ\n #_\u200fx.،", max_size=60)


@given(arabic)
def test_each_letter_of_the_plain_text_comes_from_where_its_offset_says(text: str) -> None:
    made = plain(text)
    assert len(made.offsets) == len(made.text) + 1 and made.offsets[-1] == len(text)
    assert list(made.offsets) == sorted(made.offsets)
    for char, offset in zip(made.text, made.offsets, strict=False):
        assert text[offset] == char or text[offset] in "#_\t\n\u00a0"


@given(arabic)
def test_the_plain_text_has_no_marks_and_loses_nothing_else(text: str) -> None:
    made = plain(text).text
    assert not MARKS.search(made)
    assert [c for c in made if c.isalnum()] == [c for c in strip_marks(text) if c.isalnum()]


@pytest.mark.parametrize(
    ("surface", "forms", "cut"),
    [
        ("وبالكرملين", ["و", "ب", "الكرملين"], ["و", "ب", "الكرملين"]),  # "and in the Kremlin"
        ("للتحرير", ["ل", "التحرير"], ["ل", "لتحرير"]),  # "for the liberation": the article is written into the preposition
        ("لروسيا", ["ل", "روسيا"], ["ل", "روسيا"]),  # "to Russia"
        ("كتابه", ["كتاب", "ه"], ["كتاب", "ه"]),  # "his book"
        ("عليه", ["على", "ه"], ["علي", "ه"]),  # "on him"
    ],
)
def test_words_of_one_token_share_its_letters(surface: str, forms: list[str], cut: list[str]) -> None:
    spans = word_spans(3, 3 + len(surface), "xx " + surface, forms)
    assert [("xx " + surface)[a:b] for a, b in spans] == cut


@given(st.lists(st.sampled_from(["و", "ب", "ل", "ال", "كتاب", "ه"]), min_size=1, max_size=4), st.text("وبلكتاه", min_size=1, max_size=9))
def test_word_spans_lie_in_order_inside_the_token(forms: list[str], surface: str) -> None:
    spans = word_spans(0, len(surface), surface, forms)
    assert spans[0][0] == 0 and max(end for _, end in spans) == len(surface)
    assert all(0 <= a <= b <= len(surface) for a, b in spans)
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(modelset.pipeline(modelset.find()))


@pytest.mark.live
def test_the_shipped_models_analyse_offline_and_offsets_hold(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    article = Article("1", TEXT)
    ((_, doc),) = analyser.analyse([article])
    starts, ends, surface = (doc.user_data[name] for name in ("starts", "ends", "surface"))
    assert len(starts) == len(ends) == len(surface) == len(doc)
    for token, start, end in zip(doc, starts, ends, strict=True):
        cut = strip_marks(TEXT[start:end])
        assert cut == token.text or cut in token.text or token.text in cut or surface[token.i] in surface[: token.i] + surface[token.i + 1 :]
    assert {token.pos_ for token in doc} >= {"VERB", "NOUN", "ADP", "PUNCT"}
    assert {token.dep_ for token in doc} >= {"nsubj", "case", "punct"}
    assert any(token.ent_type_ == "LOC" and token.text == "تونس" for token in doc)
    assert set(PROCESSORS) == {"tokenize", "mwt", "pos", "lemma", "depparse", "ner"}


@pytest.mark.live
def test_no_sentence_runs_over_a_heading_or_a_paragraph(analyser: Analyser) -> None:
    ((_, doc),) = analyser.analyse([Article("1", TEXT)])
    for sentence in doc.sents:
        begin, end = doc.user_data["starts"][sentence.start], doc.user_data["ends"][sentence.end - 1]
        assert "\n" not in TEXT[begin:end]
    assert len(list(doc.sents)) >= 4


@pytest.mark.live
def test_diacritics_and_tatweel_change_nothing_but_offsets(analyser: Analyser) -> None:
    marked = TEXT.replace("الرئيس", "الرَّئيـــس")
    (_, one), (_, two) = analyser.analyse([Article("1", strip_marks(TEXT)), Article("2", marked)])
    assert [t.text for t in one] == [t.text for t in two]
    assert [t.head.i for t in one] == [t.head.i for t in two]
    at = next(t.i for t in two if t.text == "الرئيس")
    assert marked[two.user_data["starts"][at] : two.user_data["ends"][at]] == "الرَّئيـــس"


@pytest.mark.live
def test_a_batch_gives_what_one_by_one_gives(analyser: Analyser) -> None:
    # "The Iranian foreign minister visited Ankara." / "The two sides agreed on a truce."
    texts = ["زار وزير الخارجية الإيراني أنقرة.", "اتفق الجانبان على هدنة.", TEXT]
    together = [doc for _, doc in analyser.analyse([Article(str(n), t) for n, t in enumerate(texts)])]
    alone = [next(iter(analyser.analyse([Article("1", t)])))[1] for t in texts]
    for one, other in zip(together, alone, strict=True):
        assert one.to_json() == other.to_json() and one.user_data == other.user_data


def test_a_sentence_without_end_is_cut_and_loses_nothing(analyser: Analyser) -> None:
    text = "قال الوزير إن " + "روسيا وتركيا والعراق، " * 60 + "كلها " * 230 + "بخير"  # "Russia, Turkey and Iraq …, all … are well"
    ((_, doc),) = analyser.analyse([Article(id="a", text=text)])
    lengths = [len(sentence) for sentence in doc.sents]
    assert len(lengths) > 2 and max(lengths) <= LONGEST
    assert next(iter(doc.sents))[-1].text == "،"  # behind a comma where there is one
    assert all(sentence.start <= token.head.i < sentence.end for sentence in doc.sents for token in sentence)
    starts, ends, surface = (doc.user_data[name] for name in ("starts", "ends", "surface"))
    letters = {n: text[starts[i] : ends[i]] for i, n in enumerate(surface)}
    assert len(letters) == len(text.replace("،", " ،").split()) and starts == sorted(starts)


def test_an_ordinary_sentence_is_left_as_it_is(analyser: Analyser) -> None:
    document = analyser._pipeline.processors["tokenize"].process("قال الوزير إن العراق بخير.")
    assert short_sentences(document) is document and short_sentences(document, 3) is not document
