"""The marked sentence ends of tests/gold/sentences: the raw text that is rebuilt from a file, and where its sentences lie."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "gold" / "sentences"
_ITEM = re.compile(r"(- |\d+\) )")


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def rebuild(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The raw text of a marked file, and the start and end of each sentence in it.

    Sentences are joined by a space, an item of a list by a line break, paragraphs by an empty line.
    """
    raw, spans = "", []
    for paragraph in marked.strip().split("\n\n"):
        for n, sentence in enumerate(paragraph.split("\n")):
            between = ("\n" if _ITEM.match(sentence) else " ") if n else "\n\n"
            raw += between if raw else ""
            spans.append((len(raw), len(raw) + len(sentence)))
            raw += sentence
    return raw, spans
