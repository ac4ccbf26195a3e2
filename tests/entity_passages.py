"""Passages of our own for mentions and entities, with their stored analyses (see tests/data/entities.toml).

`python -m tests.entity_passages` analyses them again with the models at hand.
"""

from __future__ import annotations

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
from kg.reference import shipped
from kg.texts import stored

DATA = Path(__file__).parent / "data"
ANALYSES = DATA / "entities.bin"


@dataclass(frozen=True)
class Passage:
    """One entry of the file: its text as an article, and what the file says of it."""

    id: str
    article: Article
    wanted: dict[str, Any] = field(compare=False)


def passages() -> list[Passage]:
    entries = tomllib.loads((DATA / "entities.toml").read_text(encoding="utf-8"))["passage"]
    return [Passage(e["id"], Article(f"entities:{e['id']}", e["text"], published=e.get("day")), e) for e in entries]


@cache
def finder() -> Finder:
    return Finder(shipped(), shipped_gazetteer(), shipped_lexicon())


def entities(article: Article, doc: Doc) -> Entities:
    return resolve(article, finder().find(article, doc), shipped())


@cache
def stored_entities() -> dict[str, Entities]:
    """The entities of the stored passages, by id. Fails where a text is no longer what was analysed."""
    found = {article.id: (article, doc) for article, doc in stored.load(ANALYSES)}
    for passage in passages():
        if found.get(passage.article.id, (None,))[0] != passage.article:
            raise AssertionError(f"{passage.id}: not analysed as it is now; run `python -m tests.entity_passages`")
    return {p.id: entities(*found[p.article.id]) for p in passages()}


def analysed() -> Iterable[tuple[Article, Doc]]:
    """The passages analysed by the models at hand."""
    from kg import modelset
    from kg.analysis import Analyser
    from kg.texts.namewords import name_words

    analyser = Analyser(modelset.pipeline(modelset.find()), name_words(shipped()))
    return analyser.analyse([p.article for p in passages()])


def faults(passage: Passage, found: Entities) -> list[str]:
    """What of a passage is not as the file says, one line a fault."""
    over = [(m.text, m.key, m.note) for m in (*found.mentions, *found.adjectives)]
    out = []
    for words, key in passage.wanted.get("is", []):
        if not any(text == words and k == key for text, k, _ in over):
            out.append(f"{passage.id}: {words}: not {key}, but {[(t, k) for t, k, _ in over if t in words or words in t]}")
    for words, key in passage.wanted.get("not", []):
        if any(words in text and k == key for text, k, _ in over):
            out.append(f"{passage.id}: {words} must not be {key}")
    for words in passage.wanted.get("nothing", []):
        if hits := [(t, k) for t, k, _ in over if words in t]:
            out.append(f"{passage.id}: {words}: {hits}")
    labels = {e.key: e.label_en for e in found.entities}
    return out + [f"{passage.id}: {key} is {labels.get(key)!r}, not {label!r}" for key, label in passage.wanted.get("labels", []) if labels.get(key) != label]


if __name__ == "__main__":
    stored.save(ANALYSES, analysed())
    for passage in passages():
        for fault in faults(passage, stored_entities()[passage.id]):
            print(fault)
