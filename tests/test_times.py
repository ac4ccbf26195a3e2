"""Expressions of time: a table of sentences of our own, every pattern by its own example, and what holds for all dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import files
from kg.dates import times
from kg.errors import DataError
from kg.model import Granularity
from kg.tables import Row, read_table

DAY = dt.date(2021, 8, 22)  # a Sunday


class _Case(Row):
    published: dt.date
    sentence: str
    expression: str = ""
    first: str = ""
    last: str = ""
    granularity: str = ""
    gloss: str


def _cases() -> Iterator[tuple[str, list[_Case]]]:
    rows = read_table(Path(__file__).parent / "data" / "times.tsv", _Case)
    for _, group in groupby(rows, key=lambda row: (row.published, row.sentence)):
        cases = list(group)
        yield cases[0].gloss, cases


@pytest.mark.parametrize("cases", [pytest.param(cases, id=gloss) for gloss, cases in _cases()])
def test_the_table(cases: list[_Case]) -> None:
    found = times.expressions(cases[0].sentence, cases[0].published)
    wanted = [(c.expression, c.first, c.last, c.granularity) for c in cases if c.expression]
    assert [(t.text, str(t.first), str(t.last), str(t.granularity)) for t in found] == wanted


def test_the_table_is_large() -> None:
    assert len(list(_cases())) >= 200


@pytest.mark.parametrize("row", times.grammar().expressions, ids=lambda pair: pair[0].id)
def test_every_pattern_reads_its_example(row: tuple[times.ExpressionRow, object]) -> None:
    before = "في 10 أغسطس 2021 " if row[0].id in {"that_day", "that_period", "reckoned"} else ""
    found = times.readings(before + row[0].example, DAY)
    assert found and found[-1].rule == row[0].id


def test_what_is_blocked_is_no_time() -> None:
    rows = times.read_settings(files.DATA / "lexicon" / "times.toml", times.TimesFile).blocked
    assert len(rows) > 4
    for row in rows:
        assert not times.expressions(row.example, DAY), row.id


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("الأربعاء", "2021-08-18", "2021-08-25"),
        ("الأحد", "2021-08-22", "2021-08-22"),
        ("في 5 أكتوبر", "2020-10-05", "2021-10-05"),
        ("في 5 مارس", "2021-03-05", "2022-03-05"),
        ("في نوفمبر", "2020-11-01", "2021-11-01"),
        ("الأربعاء الماضي", "2021-08-18", "2021-08-18"),
        ("عام 2014", "2014-01-01", "2014-01-01"),
    ],
)
def test_what_has_happened_and_what_is_to_come(text: str, back: str, ahead: str) -> None:
    reading = times.readings(text, DAY)[0]
    assert (str(reading.back.first), str(reading.ahead.first)) == (back, ahead)


def _spellings() -> list[tuple[str, int]]:
    return sorted((name, int(number)) for name, number in times.grammar().words.tables["month"].items())


@settings(max_examples=200, deadline=None)
@given(day=st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)), pick=st.integers(0, 10_000), double=st.booleans())
def test_a_date_is_read_back_in_every_spelling(day: dt.date, pick: int, double: bool) -> None:
    names = [name for name, number in _spellings() if number == day.month]
    name = names[pick % len(names)] + (f"/{names[(pick // 7) % len(names)]}" if double else "")
    found = times.expressions(f"صدر في {day.day} {name} {day.year} بيان", DAY)
    assert [(t.first, t.last) for t in found] == [(day, day)]
    figures = f"صدر بتاريخ {day.day}/{day.month}/{day.year} بيان"
    assert [(t.first, t.last) for t in times.expressions(figures)] == [(day, day)]


@settings(max_examples=100, deadline=None)
@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), text=st.sampled_from([case[1][0].sentence for case in _cases()]))
def test_whatever_the_day_of_publication(day: dt.date, text: str) -> None:
    """Spans cut out their words, days are in order, and no two expressions overlap."""
    end = 0
    for reading in times.readings(text, day):
        time = reading.time
        assert time.span and text[time.span.start : time.span.end] == time.text
        assert time.span.start >= end
        end = time.span.end
        for one in (time, reading.back, reading.ahead):
            assert one.first <= one.last
            assert (one.granularity is Granularity.DAY) == (one.first == one.last) or one.granularity is Granularity.RANGE


def test_offsets_hold_with_marks_and_tatweel() -> None:
    text = "وصلَ الوفدُ يومَ السّبت 21 أغسـطس 2021 إلى هنا، وغادر غداً."
    found = times.expressions(text, DAY)
    assert [t.text for t in found] == ["يومَ السّبت 21 أغسـطس 2021", "غداً"]
    assert [t.span and text[t.span.start : t.span.end] for t in found] == [t.text for t in found]


def test_without_the_day_of_publication_only_full_dates() -> None:
    text = "التقاه أمس ثم الثلاثاء وفي 5 مايو وقبل يومين، وكان قد زاره في 3 مايو 2019 وفي عام 2014."
    assert [str(t.first) for t in times.expressions(text)] == ["2019-05-03", "2014-01-01"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("عنوان\n\nأعلنت الوزارة اليوم الأحد 22 أغسطس 2021 قرارها.", "2021-08-22"),
        ("عنوان\n\nبغداد (الوكالة - 25 آب 2021) - وصل الوفد.", "2021-08-25"),
        ("عنوان\n\n25/8/2021\n\nوصل الوفد بعد اتفاق 3 مايو 2015.", "2021-08-25"),
        ("عنوان\n\nوصل الوفد بعد أن وقع الاتفاق في الثالث من شهر مايو 2015 في العاصمة بحضور الوزراء.", None),
        ("عنوان\n\nوصل الوفد أمس.", None),
    ],
)
def test_the_day_of_publication_from_the_words(text: str, day: str | None) -> None:
    found = times.publication_date(text)
    assert (str(found) if found else None) == day


def test_faulty_data_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (files.DATA / "lexicon" / "times.toml").read_text(encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    monkeypatch.setattr(files, "DATA", tmp_path)
    for old, new, says in (('reads = "century"', 'reads = "age"', "century.*age"), ("القرن (?:{ordinal}|", "القرن (?:{ordinals}|", "century.*ordinals")):
        assert old in text
        (tmp_path / "lexicon" / "times.toml").write_text(text.replace(old, new), encoding="utf-8")
        times.grammar.cache_clear()
        times.readings.cache_clear()
        with pytest.raises(DataError, match=says):
            times.grammar()
    monkeypatch.undo()
    times.grammar.cache_clear()
