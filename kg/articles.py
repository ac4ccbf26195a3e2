"""Files, folders, JSON Lines, HTML, standard input -> articles.

    check(paths)          raises InputError for a path that does not exist or a folder without articles
    count(paths)          how many articles to expect, without reading them; None for standard input
    read(paths, fields)   Article, or a Problem for an article that cannot be used

A folder is read recursively in the order of names; `.gz` forms of all are opened; `-` is standard input (JSON Lines when
its first line begins with a brace, else one plain text). JSON Lines are read a line at a time, so that a file may be
larger than memory. One bad article is a `Problem`, which the caller counts and reports.

An article that brings no id of its own is named after its file: the path within the folder that was given, without
suffix, and the number of its line or entry. A later build with the same id replaces the article.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any, cast

from kg.arabic import is_arabic
from kg.dates import times
from kg.errors import InputError
from kg.model import Article
from kg.texts.encodings import decoded, encoding_of_lines, newlines, sound

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".json", ".ndjson")
FIELDS = ("id", "title", "text", "published", "source", "url", "author")
# A first line without a full stop and no longer than this is the headline of a plain text.
MAX_HEADLINE = 140
# Bytes from which the encoding of JSON Lines is told.
_SNIFF = 1 << 16
_LINES = (".jsonl", ".ndjson")
_UNREADABLE = (OSError, EOFError, zlib.error)
# What json raises: text that is no JSON, a number with thousands of digits, brackets nested thousands deep.
_BROKEN = (ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that cannot be used: where it is, and why in one line."""

    where: str
    why: str


def check(paths: Iterable[str]) -> None:
    """Raises InputError for a path that does not exist or a folder without articles."""
    for path in paths:
        if path == "-":
            continue
        if not Path(path).exists():
            raise InputError(f"{path}: no such file or folder")
        if Path(path).is_dir() and not _inside(Path(path)):
            raise InputError(f"{path}: no article in this folder; articles end in {', '.join(SUFFIXES)}, or these with .gz")


def count(paths: Iterable[str]) -> int | None:
    """How many articles the paths hold, a line of JSON Lines counted as one; None where standard input is among them."""
    total = 0
    for path in paths:
        if path == "-":
            return None
        place = Path(path)
        total += sum(_articles_in(file) for file in (_inside(place) if place.is_dir() else [place]))
    return total


def _articles_in(file: Path) -> int:
    try:
        with _opened(file) as stream:
            if _kind(file) in _LINES:
                return sum(1 for line in stream if line.strip())
            whole = json.load(stream) if _kind(file) == ".json" else None
            return len(whole) if isinstance(whole, list) else 1
    except (*_UNREADABLE, *_BROKEN):
        return 1


def read(
    paths: Iterable[str], fields: Mapping[str, str] | None = None, published: dt.date | None = None
) -> Iterator[Article | Problem]:
    """The articles of the paths, in order; equal ids are made different by a number.

    `fields` maps our field names to those of the JSON (`{"text": "body"}`); `published` overrides every date.
    """
    seen: dict[str, int] = {}
    for path in paths:
        for found in _path(path, dict(fields or {})):
            item = _printable(found)
            if isinstance(item, Article):
                item = _unique(item, seen)
                if published:
                    item = replace(item, published=published)
            yield item


def _printable(item: Article | Problem) -> Article | Problem:
    """What names an article, fit for a terminal, UTF-8 and XML: file names and fields of JSON may hold anything."""
    if isinstance(item, Problem):
        return Problem(_label(item.where), item.why)
    return replace(item, id=_label(item.id), source=_label(item.source), url=_label(item.url), author=_label(item.author), path=_label(item.path))


def _label(text: str) -> str:
    return " ".join(_UNSEEN.sub("", sound(text)).split())


def _unique(article: Article, seen: dict[str, int]) -> Article:
    seen[article.id] = seen.get(article.id, 0) + 1
    number = seen[article.id]
    return article if number == 1 else replace(article, id=f"{article.id}-{number}")


def _path(path: str, fields: dict[str, str]) -> Iterator[Article | Problem]:
    if path == "-":
        yield from _stream(cast("io.BufferedReader", sys.stdin.buffer), fields)
        return
    place = Path(path)
    for file in _inside(place) if place.is_dir() else [place]:
        yield from _file(file, fields, place if place.is_dir() else place.parent)


def _inside(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and _kind(p)]


def _kind(path: Path) -> str:
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    return suffix.lower() if suffix.lower() in SUFFIXES else ""


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _file(path: Path, fields: dict[str, str], root: Path) -> Iterator[Article | Problem]:
    try:
        with _opened(path) as stream:
            if _kind(path) in _LINES:
                yield from _lines(cast("io.BufferedReader", stream), str(path), _name(path, root), fields)
                return
            data = stream.read()
    except _UNREADABLE as error:
        yield Problem(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return
    text = decoded(data)
    if text is None:
        yield Problem(str(path), "the encoding cannot be told; save the file as UTF-8")
    elif not text.strip():
        yield Problem(str(path), "the file is empty")
    elif _kind(path) == ".json":
        yield from _document(text, str(path), _name(path, root), fields)
    else:
        make = _html if _kind(path).startswith(".htm") else _plain
        yield _checked(make(text, _name(path, root), str(path)), str(path))


def _name(path: Path, root: Path) -> str:
    """The id of a file: its path within the folder that was given, without suffixes."""
    inside = path.relative_to(root)
    return (inside.parent / Path(inside.name.removesuffix(".gz")).stem).as_posix()


def _stream(stream: io.BufferedReader, fields: dict[str, str]) -> Iterator[Article | Problem]:
    begin = stream.peek(_SNIFF).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin == b"{":
        yield from _lines(stream, "standard input", "stdin", fields)
        return
    text = decoded(stream.read())
    if text is None:
        yield Problem("standard input", "the encoding cannot be told; send UTF-8")
    elif not text.strip():
        yield Problem("standard input", "nothing came in")
    elif begin == b"[":
        yield from _document(text, "standard input", "stdin", fields)
    else:
        yield _checked(_plain(text, "stdin", "standard input"), "standard input")


# -- plain text ---------------------------------------------------------------------------------------------------------


def _plain(text: str, id: str, path: str) -> Article:
    text = text.strip()
    first, _, rest = text.partition("\n")
    title = first.strip()
    has_title = bool(rest.strip()) and rest.startswith("\n") and len(title) <= MAX_HEADLINE and title[-1:] not in ".!؟"
    body = rest.strip() if has_title else text
    return _article(id, title if has_title else "", body, path=path)


def _article(id: str, title: str, body: str, **more: Any) -> Article:
    """The stored text is headline, empty line, body; a body that begins with the headline does not repeat it."""
    body = sound(body).strip()
    title = " ".join(sound(title).split())
    if title and body.startswith(title):
        body = body.removeprefix(title).strip()
    text = f"{title}\n\n{body}" if title else body
    published = more.pop("published", None) or times.publication_date(text)
    return Article(id=id, text=text, title=title, published=published, **more)


# Control characters of terminals, and those that turn the direction of what follows.
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _checked(article: Article, where: str) -> Article | Problem:
    if not article.text.strip():
        return Problem(where, "no text")
    if not is_arabic(article.text):
        return Problem(where, "not in Arabic")
    return article


# -- HTML -------------------------------------------------------------------------------------------------------------


# A date that the page states. Searching all of it, as is the library's wont, makes 1 January of any year that is mentioned.
_DATES = {"original_date": True, "extensive_search": False}


def _html(text: str, id: str, path: str) -> Article:
    """Title, body and metadata of a page, by trafilatura."""
    from trafilatura import bare_extraction

    if "<body" not in text.lower():  # a fragment: parsed as it stands, it would be lost
        text = f"<html><body>{text}</body></html>"
    found = bare_extraction(
        text, include_comments=False, include_tables=False, with_metadata=True, favor_precision=True, date_extraction_params=_DATES
    )
    if found is None:
        return Article(id=id, text="", path=path)
    data = found.as_dict() if hasattr(found, "as_dict") else dict(found)
    body = "\n".join(line.strip() for line in (data.get("text") or "").split("\n") if line.strip())
    return _article(
        id,
        data.get("title") or "",
        body,
        published=_date(data.get("date")),
        source=data.get("sitename") or data.get("hostname") or "",
        url=data.get("url") or "",
        author=data.get("author") or "",
        path=path,
    )


# -- JSON -------------------------------------------------------------------------------------------------------------


def _document(text: str, where: str, id: str, fields: dict[str, str]) -> Iterator[Article | Problem]:
    """A JSON document: one article, a list of them, or (whatever the name of the file) one article a line."""
    try:
        whole = json.loads(text)
    except _BROKEN as error:
        lines = isinstance(error, json.JSONDecodeError) and error.msg == "Extra data" and text.lstrip().startswith("{")
        if lines and "\n" in text.strip():
            for n, line in enumerate(text.split("\n"), start=1):
                yield from _line(line, f"{where} line {n}", f"{id}-{n}", fields, where)
        else:
            yield Problem(where, _why_broken(error))
        return
    for n, entry in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield _entry(entry, f"{where} entry {n}", f"{id}-{n}", fields, where)


def _lines(stream: io.BufferedReader, where: str, id: str, fields: dict[str, str]) -> Iterator[Article | Problem]:
    """One article a line, read a line at a time; a line that is not in the encoding of the file is a problem of its own."""
    encoding = encoding_of_lines(stream.peek(_SNIFF))
    text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="\n")  # the lines that `count` counts
    empty = True
    for n, line in enumerate(text, start=1):
        empty = empty and not line.strip()
        yield from _line(line, f"{where} line {n}", f"{id}-{n}", fields, where)
    if empty:
        yield Problem(where, "the file is empty")


def _line(line: str, where: str, id: str, fields: dict[str, str], path: str) -> Iterator[Article | Problem]:
    if not line.strip():
        return
    if any("\udc80" <= char <= "\udcff" for char in line):
        yield Problem(where, "the encoding is wrong; JSON Lines are UTF-8")
        return
    try:
        entry = json.loads(line)
    except _BROKEN as error:
        yield Problem(where, _why_broken(error))
        return
    yield _entry(entry, where, id, fields, path)


def _why_broken(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno} " if error.lineno > 1 else ""
        return f"broken JSON: {error.msg} at {line}column {error.colno}"
    return "broken JSON: nested too deeply" if isinstance(error, RecursionError) else "broken JSON: a number with too many digits"


def _entry(entry: object, where: str, id: str, fields: dict[str, str], path: str) -> Article | Problem:
    if not isinstance(entry, dict):
        return Problem(where, "no object with the fields of an article")
    values = {name: entry.get(fields.get(name, name)) for name in FIELDS}
    if not isinstance(values["text"], str) or not values["text"].strip():
        return Problem(where, f"no text in the field {fields.get('text', 'text')!r}; other names by --field text=NAME")
    published = _date(values["published"])
    if values["published"] and published is None:
        return Problem(where, f"{values['published']!r} is no date; write YYYY-MM-DD")
    article = _article(
        _words(values["id"]) or id,
        _words(values["title"]),
        newlines(values["text"]),
        published=published,
        source=_words(values["source"]),
        url=_words(values["url"]),
        author=_words(values["author"]),
        path=path,
    )
    return _checked(article, where)


def _words(value: object) -> str:
    """A field as text: a list of authors one after the other; nothing from what holds no words, such as an object."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


# Seconds since 1970 beyond which a number counts milliseconds.
_MILLISECONDS = 1e11


def _date(value: object) -> dt.date | None:
    """A date from ISO 8601, from Arabic words, from the form that feeds write (RFC 2822), or from seconds since 1970."""
    if not value or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        seconds = value / 1000 if value > _MILLISECONDS else value
        try:
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            return None
    text = str(value)
    if found := _ISO.match(text.strip()):
        try:
            return dt.date.fromisoformat(found.group())
        except ValueError:
            return None
    if day := next((t.first for t in times.expressions(text) if t.first == t.last), None):
        return day
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None
