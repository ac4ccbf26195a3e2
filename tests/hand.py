"""Analyses written by hand: a `Doc` of surface words, for tests that need no model and no parse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.arabic import fold_word

_TOKEN = re.compile(r"\w+|[^\w\s]")


def doc(text: str, pos: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None) -> Doc:
    """The text with a part of speech a word (NOUN where `pos` says nothing) and the model's names: words -> PER, LOC, ORG."""
    spans = [m.span() for m in _TOKEN.finditer(text)]
    tokens = [text[start:end] for start, end in spans]
    tags = [(pos or {}).get(t, "NOUN" if t.isalnum() else "PUNCT") for t in tokens]
    made = Doc(Vocab(), words=tokens, spaces=[True] * len(tokens), pos=tags, ents=_ents(tokens, names or {}))
    made.user_data.update(starts=[s for s, _ in spans], ends=[e for _, e in spans], surface=list(range(len(tokens))))
    for token in made:
        token.norm_ = fold_word(token.text) or token.text
    return made


def _ents(tokens: Sequence[str], names: Mapping[str, str]) -> list[str]:
    tags = ["O"] * len(tokens)
    for name, label in names.items():
        words = name.split()
        for i in range(len(tokens) - len(words) + 1):
            if list(tokens[i : i + len(words)]) == words:
                tags[i : i + len(words)] = [f"B-{label}"] + [f"I-{label}"] * (len(words) - 1)
    return tags
