"""Which time belongs to which word: sentences of our own, from stored analyses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kg.model import Claim, Granularity, Modality, Polarity, Span, Time
from kg.qualifiers.stance import Stance, stance
from kg.qualifiers.timing import Timing
from kg.reference import shipped
from kg.relations import RuleExtractor
from kg.rules import shipped_rules
from tests.passages import DAY, Passage, Read, analyses, passages

PASSAGES = passages("timing")


def _time(read: Read, word: str) -> tuple[str, str]:
    """What the extractor gives a claim whose trigger is the word."""
    i = read.token(word)
    noun = read.reading.pos(i) != "VERB"
    host = read.frames.noun(i).host if noun else None
    timing = Timing(read.reading)
    found = timing.candidate(i, host)
    time = timing.fits(found, stance(read.reading, shipped_rules(), i, noun, host, timing.ahead(found, i)), i)
    return (str(time.first), str(time.last)) if time else ("", "")


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p.id)
def test_the_time_of_a_word(passage: Passage) -> None:
    read = analyses()[passage.article.id]
    for word, first, last in passage.wanted.get("when", ()):
        assert _time(read, word) == (first, last), word


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "claims" in p.wanted], ids=lambda p: p.id)
def test_the_time_of_a_claim(passage: Passage) -> None:
    read = analyses()[passage.article.id]
    found = RuleExtractor(shipped_rules(), shipped()).extract(read.reading.article, read.reading.doc, read.entities).claims
    days = {(c.subject, c.relation, c.object, str(c.time.first)) for c in found if c.time}
    assert {(f"ref:{a}", relation, f"ref:{b}", day) for a, relation, b, day in passage.wanted["claims"]} <= days


def _read(id: str) -> Read:
    return analyses()[f"timing:{id}"]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Stance(), "2021-08-18"),
        (Stance(Polarity.POSITIVE, Modality.PLANNED), "2021-08-25"),
        (Stance(Polarity.NEGATIVE), "2021-08-18"),
    ],
)
def test_the_tense_decides(how: Stance, expected: str) -> None:
    read = _read("past_weekday")
    timing = Timing(read.reading)
    time = timing.fits(timing.candidate(read.token("زار")), how)
    assert time and str(time.first) == expected


def test_what_is_to_come_has_not_happened() -> None:
    read = _read("present_with_future_time")
    timing = Timing(read.reading)
    found = timing.candidate(read.token("يزور"))
    assert timing.ahead(found) is not None
    assert timing.fits(found, Stance()) is None
    assert timing.fits(None, Stance()) is None and timing.ahead(None) is None


def test_a_noun_that_is_planned_does_not_take_the_weekday_of_the_past() -> None:
    read = _read("noun_in_the_past")
    timing, i = Timing(read.reading), read.token("انضمام")
    found, planned = timing.candidate(i), Stance(Polarity.POSITIVE, Modality.PLANNED)
    assert found and timing.fits(found, planned, i) is None
    assert timing.fits(found, planned) is not None  # without the trigger nothing is known of its verb


def test_words_have_their_deed_behind_them() -> None:
    read = _read("deed")
    timing, i = Timing(read.reading), read.token("اتهمت")
    assert timing.candidate(i, relation="accused") is None
    assert timing.candidate(i, relation="met_with") is not None


def test_a_verb_in_the_present_takes_the_nearest_date() -> None:
    read = _read("present_with_near_date")
    timing, i = Timing(read.reading), read.token("يلتقي")
    found = timing.candidate(i)
    assert timing.ahead(found, i) is not None and timing.ahead(found) is None


def test_kin_and_borders_have_no_time() -> None:
    claim = replace(_post(_read("posts_now"), "الرئيس التونسي", "قيس سعيد"), relation="relative_of")
    timed = replace(claim, time=Time(DAY, DAY, Granularity.DAY))
    assert Timing(_read("posts_now").reading).dated(timed).time is None


def _post(read: Read, title: str, name: str, former: bool = False) -> Claim:
    text = read.reading.article.text
    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Claim(
        "a", "ref:x", "head_of_state_of", "ref:y", "post", 0.9, Span(0, len(text)),
        subject_span=at(name), trigger=at(title), position=title, former=former,
    )  # fmt: skip


def test_a_current_post_holds_on_the_day_of_publication() -> None:
    read = _read("posts_now")
    claim = Timing(read.reading).dated(_post(read, "الرئيس التونسي", "قيس سعيد"))
    assert claim.time and (claim.time.first, claim.time.last, claim.former) == (DAY, DAY, False)


def test_a_post_since_a_year() -> None:
    read = _read("posts_since")
    claim = Timing(read.reading).dated(_post(read, "الرئيس السوري", "بشار الأسد"))
    assert claim.time and (claim.time.first, claim.time.last) == (dt.date(2000, 1, 1), DAY)
    assert claim.time.granularity is Granularity.RANGE and not claim.former


def test_a_former_post_has_no_time_of_its_own() -> None:
    read = _read("posts_former")
    claim = Timing(read.reading).dated(_post(read, "الرئيس الأميركي السابق", "باراك أوباما", former=True))
    assert claim.time is None and claim.former


def test_a_post_held_then_is_past() -> None:
    read = _read("posts_then")
    claim = Timing(read.reading).dated(_post(read, "الرئيس الفرنسي", "جاك شيراك"))
    assert claim.former and claim.time and claim.time.first == dt.date(2003, 1, 1)


def test_other_claims_stay_as_they_are() -> None:
    read = _read("posts_now")
    claim = _post(read, "الرئيس التونسي", "قيس سعيد")
    met = replace(claim, relation="met_with")
    assert Timing(read.reading).dated(met) is met
