"""Passages of our own with their stored analyses: what later stages read is tested without the models.

`python -m tests.passages` analyses them again with the models at hand; the live tests do the same in one batch.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.entities import resolve
from kg.lexicon import shipped_lexicon
from kg.mentions import Finder
from kg.model import Article, Entities
from kg.names.gazetteer import shipped_gazetteer
from kg.qualifiers.attribution import Attribution
from kg.reference import shipped
from kg.rules import shipped_rules
from kg.slots.frames import Frames
from kg.syntax.clauses import Reading, read
from kg.texts import stored

DATA = Path(__file__).parent / "data"
FILES = ("attribution", "timing", "happenings")
ANALYSES = DATA / "passages.bin"
DAY = dt.date(2021, 8, 22)


@dataclass(frozen=True)
class Passage:
    """One entry of a file: its text as an article, and what the file says of it."""

    id: str
    article: Article
    wanted: dict[str, Any] = field(compare=False)


def passages(file: str) -> list[Passage]:
    """The passages of one file of `FILES`."""
    entries = tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))["passage"]
    return [Passage(e["id"], _article(f"{file}:{e['id']}", e["text"], e.get("title", "")), e) for e in entries]


def _article(id: str, text: str, title: str) -> Article:
    return Article(id, f"{title}\n\n{text}" if title else text, title, published=DAY)


@dataclass(frozen=True)
class Read:
    """A passage as the stages before the claims leave it."""

    entities: Entities
    reading: Reading
    frames: Frames
    attribution: Attribution

    def token(self, words: str) -> int:
        """The token at which some words begin, particles written onto the first of them left out."""
        at, r = self.reading.article.text.index(words), self.reading
        return next(i for i in range(len(r.doc)) if r.end(i) > at and r.pos(i) not in {"CCONJ", "ADP", "AUX"})


def interpret(article: Article, doc: Doc) -> Read:
    rules, reference = shipped_rules(), shipped()
    entities = resolve(article, _finder().find(article, doc), reference)
    reading = read(article, doc, entities, rules.verbs)
    frames = Frames(reading, rules)
    return Read(entities, reading, frames, Attribution(reading, rules, frames, reference.capitals))


@cache
def _finder() -> Finder:
    return Finder(shipped(), shipped_gazetteer(), shipped_lexicon())


@cache
def analyses() -> dict[str, Read]:
    """The stored passages, by file and id. Fails where the text of one is no longer what was analysed."""
    found = {article.id: (article, doc) for article, doc in stored.load(ANALYSES)}
    wanted = [p.article for file in FILES for p in passages(file)]
    for article in wanted:
        if article.id not in found or found[article.id][0] != article:
            raise AssertionError(f"{article.id}: not analysed as it is now; run `python -m tests.passages`")
    return {article.id: interpret(*found[article.id]) for article in wanted}


def analysed() -> Iterable[tuple[Article, Doc]]:
    """The passages analysed by the models at hand."""
    from kg import modelset
    from kg.analysis import Analyser
    from kg.texts.namewords import name_words

    analyser = Analyser(modelset.pipeline(modelset.find()), name_words(shipped()))
    return analyser.analyse([p.article for file in FILES for p in passages(file)])


if __name__ == "__main__":
    stored.save(ANALYSES, analysed())
