"""Files, folders, JSON Lines, HTML, standard input -> articles.

    read(paths, fields)  ->  Article, or a Problem for an article that cannot be used

A folder is read recursively in the order of names; `.gz` forms of all are opened; `-` is standard input (JSON Lines when
its first line begins with a brace, else one plain text). One bad article is a `Problem`, which the caller counts and
reports; a path that does not exist is an `InputError`.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from kg import times
from kg.arabic import is_arabic
from kg.errors import InputError
from kg.model import Article

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".json", ".ndjson")
FIELDS = ("id", "title", "text", "published", "source", "url", "author")
# A first line without a full stop and no longer than this is the headline of a plain text.
MAX_HEADLINE = 140
# The share of undecodable characters from which a file is no text.
_MAX_LOST = 0.01


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that cannot be used: where it is, and why in one line."""

    where: str
    why: str


def read(
    paths: Iterable[str], fields: Mapping[str, str] | None = None, published: dt.date | None = None
) -> Iterator[Article | Problem]:
    """The articles of the paths, in order; equal ids are made different by a number.

    `fields` maps our field names to those of the JSON (`{"text": "body"}`); `published` overrides every date.
    Raises InputError for a path that does not exist or a folder without articles.
    """
    seen: dict[str, int] = {}
    for path in paths:
        for item in _path(path, dict(fields or {})):
            if isinstance(item, Article):
                item = _unique(item, seen)
                if published:
                    item = replace(item, published=published)
            yield item


def _unique(article: Article, seen: dict[str, int]) -> Article:
    seen[article.id] = seen.get(article.id, 0) + 1
    number = seen[article.id]
    return article if number == 1 else replace(article, id=f"{article.id}-{number}")


def _path(path: str, fields: dict[str, str]) -> Iterator[Article | Problem]:
    if path == "-":
        yield from _stream(sys.stdin.buffer.read(), fields)
        return
    place = Path(path)
    if place.is_dir():
        found = [p for p in sorted(place.rglob("*")) if p.is_file() and _kind(p)]
        if not found:
            raise InputError(f"{path}: no article in this folder; articles end in {', '.join(SUFFIXES)}, or these with .gz")
        for file in found:
            yield from _file(file, fields, place)
    elif place.is_file():
        yield from _file(place, fields, place.parent)
    else:
        raise InputError(f"{path}: no such file or folder")


def _kind(path: Path) -> str:
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    return suffix.lower() if suffix.lower() in SUFFIXES else ""


def _file(path: Path, fields: dict[str, str], root: Path) -> Iterator[Article | Problem]:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except (OSError, EOFError) as error:
        yield Problem(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return
    kind = _kind(path) or ".txt"
    if kind in {".jsonl", ".ndjson", ".json"}:
        yield from _json(data, str(path), path, fields)
        return
    text = _decode(data)
    if isinstance(text, str) and not text.strip():
        yield Problem(str(path), "the file is empty")
    elif text is None:
        yield Problem(str(path), "the encoding cannot be told; save the file as UTF-8")
    else:
        id = _stem(path)
        yield _checked(_html(text, id, str(path)) if kind.startswith(".htm") else _plain(text, id, str(path)), str(path))


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    return Path(name).stem


def _decode(data: bytes) -> str | None:
    """UTF-8 where it is that; else what the bytes most likely are (cp1256, UTF-16 …), None where nothing is likely."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        pass
    best = from_bytes(data, cp_isolation=["cp1256", "utf_16", "utf_16_le", "utf_16_be", "iso8859_6"]).best()
    text = str(best) if best else None
    return text.replace("\r\n", "\n") if text and is_arabic(text) else None


def _stream(data: bytes, fields: dict[str, str]) -> Iterator[Article | Problem]:
    if not data.strip():
        yield Problem("standard input", "nothing came in")
    elif data.lstrip()[:1] in (b"{", b"["):
        yield from _json(data, "standard input", Path("stdin.jsonl"), fields)
    else:
        text = _decode(data)
        if text is None:
            yield Problem("standard input", "the encoding cannot be told; send UTF-8")
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
    body = body.strip()
    title = " ".join(title.split())
    if title and body.startswith(title):
        body = body.removeprefix(title).strip()
    text = f"{title}\n\n{body}" if title else body
    published = more.pop("published", None) or times.publication_date(text)
    return Article(id=id, text=text, title=title, published=published, **more)


def _checked(article: Article, where: str) -> Article | Problem:
    if not article.text.strip():
        return Problem(where, "no text")
    if not is_arabic(article.text):
        return Problem(where, "not in Arabic")
    return article


# -- HTML -------------------------------------------------------------------------------------------------------------


def _html(text: str, id: str, path: str) -> Article:
    """Title, body and metadata of a page, by trafilatura."""
    from trafilatura import bare_extraction

    found = bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True, favor_precision=True)
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


def _json(data: bytes, where: str, path: Path, fields: dict[str, str]) -> Iterator[Article | Problem]:
    """A JSON document that is one article or a list of them, or one article a line."""
    text = _decode(data)
    if text is None:
        yield Problem(where, "the encoding cannot be told; JSON is UTF-8")
        return
    if not text.strip():
        yield Problem(where, "the file is empty")
        return
    if path.name.removesuffix(".gz").endswith(".json"):
        try:
            whole = json.loads(text)
        except json.JSONDecodeError:
            whole = None
        if whole is not None:
            for n, entry in enumerate(whole if isinstance(whole, list) else [whole], start=1):
                yield _entry(entry, f"{where} entry {n}", f"{_stem(path)}-{n}", fields, str(path))
            return
    for n, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            yield Problem(f"{where} line {n}", f"broken JSON: {error.msg} at column {error.colno}")
            continue
        yield _entry(entry, f"{where} line {n}", f"{_stem(path)}-{n}", fields, str(path))


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
        str(values["id"] or id),
        str(values["title"] or ""),
        values["text"].replace("\r\n", "\n"),
        published=published,
        source=str(values["source"] or ""),
        url=str(values["url"] or ""),
        author=str(values["author"] or ""),
        path=path,
    )
    return _checked(article, where)


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(value: object) -> dt.date | None:
    """A date from ISO 8601, or from Arabic words."""
    if not value:
        return None
    text = str(value)
    if found := _ISO.match(text.strip()):
        try:
            return dt.date.fromisoformat(found.group())
        except ValueError:
            return None
    return next((t.first for t in times.expressions(text) if t.first == t.last), None)
