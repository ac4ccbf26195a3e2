"""Analysed articles in a file: spaCy's `DocBin` with the article and the source offsets beside each `Doc`.

A stored analysis lets the later stages run, and be tested, without a model. Equal analyses give equal bytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.errors import DataError
from kg.model import Article

_ATTRIBUTES = ("ORTH", "NORM", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE")


def save(path: Path, analysed: Iterable[tuple[Article, Doc]]) -> int:
    """Writes articles with their analyses to `path`; returns how many."""
    store = DocBin(attrs=list(_ATTRIBUTES), store_user_data=True)
    for article, doc in analysed:
        copy = doc.copy()
        copy.user_data = {**doc.user_data, "article": _plain(article)}
        store.add(copy)
    path.write_bytes(store.to_bytes())
    return len(store)


def load(path: Path, vocab: Vocab | None = None) -> Iterator[tuple[Article, Doc]]:
    """The articles of a file with their analyses, in order. Raises DataError where the file cannot be read."""
    try:
        store = DocBin(store_user_data=True).from_bytes(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: no stored analyses ({error}); make them again with `make analyses`") from error
    for doc in store.get_docs(vocab or Vocab()):
        yield _article(doc.user_data.pop("article")), doc


def _plain(article: Article) -> dict[str, Any]:
    values = dataclasses.asdict(article)
    values["published"] = article.published.isoformat() if article.published else ""
    return values


def _article(values: dict[str, Any]) -> Article:
    day = values.pop("published")
    return Article(**values, published=dt.date.fromisoformat(day) if day else None)
