"""Words of speech: the cues of kg/data/lexicon/attribution.toml, and what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import files
from kg.arabic import fold
from kg.language.morphology import conjugate
from kg.model import Span
from kg.tables import Row, read_settings

_MARK = re.compile(r"[\"«»“”\n]")


class CuesFile(Row):
    """The schema of attribution.toml."""

    that: tuple[str, ...]
    contrast: tuple[str, ...]
    subordinating: tuple[str, ...]
    continuing: tuple[str, ...]
    relaying: tuple[str, ...]
    speaking: tuple[str, ...]
    impersonal: tuple[str, ...]
    according: tuple[str, ...]
    word_of: tuple[str, ...]
    his_words: tuple[str, ...]
    as_said: tuple[str, ...]
    before_what: tuple[str, ...]
    documents: tuple[str, ...]
    appears: tuple[str, ...]
    sources: tuple[str, ...]
    ends_source: tuple[str, ...]
    not_speakers: tuple[str, ...]


@dataclass(frozen=True)
class Cues:
    """The words of attribution.toml, folded; phrases without spaces, the longest first."""

    words: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    according: tuple[str, ...]
    his_words: tuple[str, ...]
    contrast: tuple[str, ...]
    subordinating: tuple[str, ...]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues that come with the package."""
    data = read_settings(files.DATA / "lexicon" / "attribution.toml", CuesFile)
    words = {
        name: frozenset(fold(word) for word in getattr(data, name))
        for name in ("that", "impersonal", "word_of", "as_said", "before_what", "documents", "appears", "sources", "ends_source", "not_speakers")
    }
    verbs = {
        name: frozenset(form for verb in getattr(data, name) for form in conjugate(*verb.split()))
        for name in ("continuing", "relaying", "speaking")
    }

    def phrases(entries: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted({fold(entry).replace(" ", "") for entry in entries}, key=lambda p: (-len(p), p)))

    return Cues(
        words, verbs, phrases(data.according), phrases(data.his_words), phrases(data.contrast), phrases(data.subordinating)
    )


@lru_cache(maxsize=4)
def verbs_of_speech(*known: frozenset[str]) -> frozenset[str]:
    """The folded forms that are known from elsewhere and those of all verbs of the cues; made once for the forms of one set of rules."""
    return frozenset().union(*known, *cues().verbs.values())


def quoted(text: str) -> list[Span]:
    """What stands between quotation marks, the outermost only; a pair does not reach over the end of a paragraph. A straight mark
    opens when a word follows it and a space or a particle stands before it.

    >>> text = 'قال: "نحن هنا".'
    >>> [text[span.start : span.end] for span in quoted(text)]
    ['نحن هنا']
    """
    found: list[Span] = []
    open_: list[int] = []
    for mark in _MARK.finditer(text):
        at, char = mark.start(), mark.group()
        if char == "\n":
            open_.clear()
        elif char in "«“" or (char == '"' and _opens(text, at, bool(open_))):
            open_.append(at)
        elif open_:
            begin = open_.pop()
            if not open_ and at - begin > 2:
                found.append(Span(begin + 1, at))
    return found


def _opens(text: str, at: int, inside: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after.isspace() or after in ".،,:؛)]":
        return not inside and bool(after) and after not in ".،,:؛)]"
    if not before or before.isspace() or before in "([:،-–":
        return True
    return not inside and before in "وبلفك"
