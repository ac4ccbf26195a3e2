"""Readers: every kind of input, and every way in which one can be wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from kg import articles
from kg.articles import Problem, check, count, read
from kg.errors import InputError
from kg.model import Article

# "The minister arrived in Amman on Tuesday and met his Jordanian counterpart."
BODY = "وصل الوزير إلى عمّان يوم الثلاثاء والتقى نظيره الأردني لبحث ملف الحدود."
# "The minister in Amman"
TITLE = "الوزير في عمّان"


def articles_of(*paths: Path, **more: object) -> list[Article | Problem]:
    return list(read([str(path) for path in paths], **more))  # type: ignore[arg-type]


def only(*paths: Path, **more: object) -> Article:
    (found,) = articles_of(*paths, **more)
    assert isinstance(found, Article), found
    return found


def problem(*paths: Path, **more: object) -> Problem:
    (found,) = articles_of(*paths, **more)
    assert isinstance(found, Problem), found
    return found


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    data = text.encode(encoding)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def entry(**fields: object) -> str:
    return json.dumps({"text": BODY, **fields}, ensure_ascii=False)


# -- plain text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a"])
def test_a_text_file_is_headline_and_body(tmp_path: Path, name: str) -> None:
    found = only(write(tmp_path / name, f"{TITLE}\n\n{BODY}\n"))
    assert (found.id, found.title, found.text) == ("a", TITLE, f"{TITLE}\n\n{BODY}")
    assert found.text[: found.headline] == TITLE


def test_a_first_line_that_is_a_sentence_is_no_headline(tmp_path: Path) -> None:
    found = only(write(tmp_path / "a.txt", f"{BODY}\n\n{BODY}"))
    assert found.title == "" and found.text == f"{BODY}\n\n{BODY}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_other_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = f"{TITLE}\n\n{BODY} {BODY} {BODY}"
    assert only(write(tmp_path / "a.txt", text, encoding)).text == text


def test_windows_line_ends_are_one_character(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.txt", f"{TITLE}\r\n\r\n{BODY}")).text == f"{TITLE}\n\n{BODY}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("اليوم الاثنين 23 أغسطس/آب 2021", dt.date(2021, 8, 23)),  # "today, Monday 23 August 2021", both names of the month
        ("اليوم الأربعاء ١٣ أكتوبر ٢٠٢١", dt.date(2021, 10, 13)),  # Arabic-Indic digits
        ("اليوم الجمعة 4 جانفي 2013", dt.date(2013, 1, 4)),  # a Maghrebi month
        ("اليوم الأحد 9 تشرين الثاني 2014", dt.date(2014, 11, 9)),  # a Levantine month
    ],
)
def test_the_day_of_publication_is_read_from_the_words(tmp_path: Path, words: str, day: dt.date) -> None:
    text = f"{TITLE}\n\nقال الوزير {words} إن المحادثات ستستمر."  # "the minister said … that the talks would go on"
    assert only(write(tmp_path / "a.txt", text)).published == day


def test_the_day_that_the_user_gives_comes_first(tmp_path: Path) -> None:
    day = dt.date(2020, 1, 2)
    path = write(tmp_path / "a.jsonl", entry(published="2011-05-06"))
    assert only(path, published=day).published == day


# -- JSON -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson", "a.json"])
def test_json_lines_bring_all_fields(tmp_path: Path, name: str) -> None:
    line = entry(id="x1", title=TITLE, published="2011-05-06T10:00:00Z", source="وكالة", url="https://example.org/1", author="مراسل")
    found = only(write(tmp_path / name, line + "\n"))
    assert (found.id, found.title, found.published) == ("x1", TITLE, dt.date(2011, 5, 6))
    assert (found.source, found.url, found.author) == ("وكالة", "https://example.org/1", "مراسل")


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_a_json_document_may_hold_a_list(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, f"[{entry()}, {entry(id='second')}]")
    assert [a.id for a in articles_of(path) if isinstance(a, Article)] == ["a-1", "second"]
    assert count([str(path)]) == 2


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"body": BODY, "date": "2011-05-06"}, ensure_ascii=False))
    found = only(path, fields={"text": "body", "published": "date"})
    assert found.text == BODY and found.published == dt.date(2011, 5, 6)


def test_a_broken_line_is_told_with_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", f"{entry(id='1')}\n{{broken\n\n{entry(id='2')}\n")
    one, bad, two = articles_of(path)
    assert isinstance(one, Article) and isinstance(two, Article) and isinstance(bad, Problem)
    assert bad.where.endswith("a.jsonl line 2") and bad.why.startswith("broken JSON")


def test_as_many_lines_are_read_as_were_counted(tmp_path: Path) -> None:
    place = tmp_path / "a.jsonl"
    place.write_bytes(f"{entry()}\r\n{entry()}\r\n".encode() + b'{"text":\r"x"}\n\xff\r\x85\n')
    found = articles_of(place)
    assert len(found) == count([str(place)]) == 4 and sum(isinstance(a, Article) for a in found) == 2


def test_a_line_in_another_encoding_is_a_problem_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(entry(id="1").encode() + b"\n" + entry(id="2").encode("cp1256") + b"\n" + entry(id="3").encode())
    one, bad, three = articles_of(path)
    assert isinstance(one, Article) and isinstance(three, Article)
    assert isinstance(bad, Problem) and "UTF-8" in bad.why


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", entry(id="1") + "\n" + "{broken\n" * 3)
    stream = read([str(path)])
    assert isinstance(next(stream), Article)  # before the rest is looked at
    assert all(isinstance(item, Problem) for item in stream)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("[]", "no object"),
        ("{}", "no text"),
        ('{"text": 7}', "no text"),
        (entry(published="soon"), "no date"),
        (json.dumps({"text": "All of this is in English."}), "not in Arabic"),
    ],
)
def test_a_line_that_is_no_article(tmp_path: Path, line: str, word: str) -> None:
    assert word in problem(write(tmp_path / "a.jsonl", line)).why


@pytest.mark.parametrize(
    "value", ["2021-08-23T01:00:00+03:00", "Mon, 23 Aug 2021 10:00:00 GMT", 1629676800, 1629676800000, "٢٣ أغسطس ٢٠٢١"]
)
def test_dates_of_json_as_feeds_and_databases_write_them(tmp_path: Path, value: object) -> None:
    assert only(write(tmp_path / "a.jsonl", entry(published=value))).published == dt.date(2021, 8, 23)


def test_fields_of_json_that_are_no_text(tmp_path: Path) -> None:
    found = only(write(tmp_path / "a.jsonl", entry(id={"a": 1}, author=["ندى", "سمير"], source=None, title=[TITLE], url=True)))
    assert (found.id, found.author, found.source, found.title, found.url) == ("a-1", "ندى, سمير", "", TITLE, "")


def test_no_field_or_file_name_brings_what_cannot_be_printed(tmp_path: Path) -> None:
    bad = "a\x1b[31m\u202eb\n\ud800\x00"
    found = only(write(tmp_path / "a.jsonl", json.dumps({"text": BODY, **dict.fromkeys(("id", "source", "url", "author"), bad)})))
    for value in (found.id, found.source, found.url, found.author):
        assert value == "a\ufffd[31mb \ufffd\ufffd"
    place = os.fsencode(tmp_path) + b"/\xe3\xc7.txt"
    Path(os.fsdecode(place)).write_text("English only.", encoding="utf-8")
    assert problem(Path(os.fsdecode(place))).where.encode().endswith("/\ufffd\ufffd.txt".encode())


def test_equal_ids_are_told_apart(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "\n".join([entry(id="x")] * 3))
    assert [a.id for a in articles_of(path) if isinstance(a, Article)] == ["x", "x-2", "x-3"]


def test_half_a_surrogate_pair_does_not_get_into_the_text(tmp_path: Path) -> None:
    found = only(write(tmp_path / "a.jsonl", json.dumps({"text": BODY + "\ud800\x00"})))
    assert found.text == BODY + "\ufffd\ufffd"
    found.text.encode()


# -- HTML -----------------------------------------------------------------------------------------------------------------

HTML = """<!doctype html><html lang="ar"><head><meta charset="{charset}"><title>{title} | صحيفة</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="صحيفة">
<meta property="article:published_time" content="2016-02-03T08:00:00+03:00">
<link rel="canonical" href="https://example.org/n/1"></head><body><nav><a href="/">الرئيسية</a> <a href="/s">رياضة</a></nav>
<article><h1>{title}</h1><p>{body}</p><p>{body} ثم غادر إلى بيروت.</p><p>وأضاف أن {body}</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_gives_its_article_and_metadata(tmp_path: Path, charset: str) -> None:
    page = HTML.format(charset=charset, title=TITLE.replace("ّ", ""), body=BODY.replace("ّ", ""))
    found = only(write(tmp_path / "a.html", page, charset))
    assert found.title == TITLE.replace("ّ", "") and found.published == dt.date(2016, 2, 3)
    assert "غادر إلى بيروت" in found.text and "الرئيسية" not in found.text and "الحقوق" not in found.text
    assert found.source == "صحيفة" and found.url == "https://example.org/n/1"


@pytest.mark.parametrize("form", ["<p>{0}</p><p>{0}</p>", "{0}"])
def test_a_fragment_of_a_page_is_read(tmp_path: Path, form: str) -> None:
    assert BODY in only(write(tmp_path / "a.html", form.format(BODY))).text


def test_a_page_without_metadata_is_dated_by_its_words(tmp_path: Path) -> None:
    words = "اجتمع الوزراء في بغداد اليوم الاثنين 23 أغسطس/آب 2021، وبحثوا الأمن والاقتصاد والطاقة مع ضيوفهم."
    page = f"<html><head><title>{TITLE}</title></head><body><p>{words}</p><p>{words}</p></body></html>"
    assert only(write(tmp_path / "a.html", page)).published == dt.date(2021, 8, 23)


# -- folders, standard input, mistakes ------------------------------------------------------------------------------------


def test_a_folder_is_read_to_its_depth_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", BODY)
    write(tmp_path / "a" / "b.txt", BODY)
    write(tmp_path / "a" / "c.jsonl", entry())
    write(tmp_path / "notes.md", "not read")
    assert [a.id for a in articles_of(tmp_path) if isinstance(a, Article)] == ["a/b", "a/c-1", "b"]
    assert count([str(tmp_path)]) == 3


@pytest.mark.parametrize(
    ("data", "ids"),
    [(f"{TITLE}\n\n{BODY}", ["stdin"]), (f"{entry()}\n{entry()}", ["stdin-1", "stdin-2"]), (f"[{entry()}]", ["stdin-1"])],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data.encode()))))  # type: ignore[arg-type]
    assert [a.id for a in read(["-"]) if isinstance(a, Article)] == ids
    assert count(["-"]) is None


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.json", b"", "empty"),
        ("a.txt", b"Only English here.", "not in Arabic"),
        # Persian: "the minister of the interior went to Baghdad and spoke about the border"
        ("a.txt", "وزیر کشور ایران به بغداد رفت و درباره مرز گفتگو کرد و چند پیمان را پذیرفت.".encode(), "not in Arabic"),
        ("a.txt", bytes(range(128, 256)) * 4, "encoding"),
        ("a.txt.gz", b"this is no gzip", "cannot be read"),
        ("a.json", b'{"text": ', "broken JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.jsonl", b'{"text": ' + b"9" * 5_000 + b"}", "too many digits"),
        ("a.html", b"<html><body></body></html>", "no text"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_problem_in_one_line(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = problem(tmp_path / name)
    assert word in found.why and "\n" not in found.why and name in found.where


def test_a_path_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        check([str(write(tmp_path / "a.txt", BODY)), str(tmp_path / "b.txt")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no article in this folder"):
        check([str(tmp_path / "empty")])


def test_the_suffixes_that_the_error_names_are_those_that_are_read() -> None:
    assert set(articles.SUFFIXES) == {".txt", ".html", ".htm", ".jsonl", ".json", ".ndjson"}
