"""Word vectors: skip-gram with negative sampling over raw text, each line taken twice.

Once as it is written and once with its proclitics split off, so that one table serves the tokens that the recogniser of
names sees and the words that tagger and parser see. Whether a token is split, the treebank's statistics say.
"""

from __future__ import annotations

import gzip
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from kg.arabic import MARKS
from kg.errors import InputError
from kg.training import loop
from kg.training.treebank import Sentence

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_OPEN: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}


@dataclass(frozen=True)
class Settings:
    """`least`: how often a form must occur; `batch` counts pairs of words."""

    dimensions: int = 100
    window: int = 5
    negatives: int = 8
    epochs: int = 5
    vocabulary: int = 80_000
    least: int = 5
    batch: int = 20_000
    rate: float = 0.003
    seed: int = 7


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file, also .xz and .gz. Raises InputError where it cannot be read."""
    try:
        opener: Any = _OPEN.get(path.suffix, open)
        with opener(path, "rt", encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error


class Splitter:
    """Token -> words, for tokens that the treebank has split more often than not."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        split: Counter[tuple[str, tuple[str, ...]]] = Counter()
        whole: Counter[str] = Counter()
        for sentence in sentences:
            for token in sentence:
                forms = tuple(MARKS.sub("", w.form) for w in token.words)
                if len(forms) > 1:
                    split[MARKS.sub("", token.text), forms] += 1
                else:
                    whole[forms[0]] += 1
        self._parts: dict[str, tuple[str, ...]] = {}
        for (written, parts), count in split.most_common():
            if written not in self._parts and count > whole[written]:
                self._parts[written] = parts

    def __call__(self, tokens: list[str]) -> list[str]:
        return [part for token in tokens for part in self._parts.get(token, (token,))]


def corpus(texts: list[Path], split: Splitter) -> Iterator[list[str]]:
    """The tokens of each line, and its words."""
    for path in texts:
        for line in lines(path):
            tokens = _TOKEN.findall(MARKS.sub("", line).lower())
            if tokens:
                yield tokens
                yield split(tokens)


def train(texts: list[Path], sentences: list[Sentence], settings: Settings, target: Path, device: str = "cpu") -> dict[str, float]:
    """Trains vectors; Stanza's file of them lies at `target`. Returns their number and the last loss."""
    split = Splitter(sentences)
    counts: Counter[str] = Counter()
    for line in corpus(texts, split):
        counts.update(line)
    words = [word for word, count in counts.most_common(settings.vocabulary) if count >= settings.least]
    if not words:
        raise InputError(f"no word occurs {settings.least} times in {', '.join(map(str, texts))}: give more text")
    number = {word: i for i, word in enumerate(words)}
    frequency = torch.tensor([counts[w] for w in words], dtype=torch.float)
    share = (frequency / frequency.sum()).numpy()
    # Mikolov's subsampling of frequent words; in a small vocabulary every word is frequent, and none must go for that.
    often = max(1e-4, 1 / len(words))
    keep = np.minimum(1.0, np.sqrt(often / share) + often / share)
    noise = frequency**0.75
    torch.manual_seed(settings.seed)
    inside = torch.nn.Embedding(len(words), settings.dimensions, sparse=True, device=device)
    outside = torch.nn.Embedding(len(words), settings.dimensions, sparse=True, device=device)
    torch.nn.init.uniform_(inside.weight, -0.5 / settings.dimensions, 0.5 / settings.dimensions)
    torch.nn.init.zeros_(outside.weight)
    optimizer = torch.optim.SparseAdam([inside.weight, outside.weight], lr=settings.rate)
    loss_value = 0.0
    for epoch in range(settings.epochs):
        for pairs in _pairs(corpus(texts, split), number, keep, settings, settings.seed + epoch):
            centre, context = torch.from_numpy(pairs).to(device)
            drawn = torch.multinomial(noise, len(centre) * settings.negatives, replacement=True)
            v = inside(centre)
            right = (v * outside(context)).sum(1)
            wrong = torch.bmm(outside(drawn.view(len(centre), -1).to(device)), v.unsqueeze(2)).squeeze(2)
            loss = -(torch.nn.functional.logsigmoid(right).sum() + torch.nn.functional.logsigmoid(-wrong).sum())
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()  # type: ignore[no-untyped-call]
            loss_value = loss.item() / len(centre)
        loop.log.info("vectors: epoch %d, loss %.3f", epoch + 1, loss_value)
    matrix = torch.zeros(len(words) + len(VOCAB_PREFIX), settings.dimensions)
    matrix[len(VOCAB_PREFIX) :] = inside.weight.detach().cpu()
    target.parent.mkdir(parents=True, exist_ok=True)
    state = {"vocab": PretrainedWordVocab(words).state_dict(), "emb": matrix}
    torch.save(state, target, _use_new_zipfile_serialization=False)
    return {"words": float(len(words)), "loss": round(loss_value, 4)}


def _pairs(
    sentences: Iterable[list[str]], number: dict[str, int], keep: np.ndarray, settings: Settings, seed: int
) -> Iterator[np.ndarray]:  # fmt: skip
    """Batches of pairs of a word and one in its window, each a 2 x n array."""
    rng = random.Random(seed)
    centre: list[int] = []
    context: list[int] = []
    for sentence in sentences:
        known = [i for w in sentence if (i := number.get(w)) is not None and rng.random() < keep[i]]
        for place, word in enumerate(known):
            reach = rng.randint(1, settings.window)
            near = known[max(0, place - reach) : place] + known[place + 1 : place + 1 + reach]
            centre.extend([word] * len(near))
            context.extend(near)
        if len(centre) >= settings.batch:
            yield np.array([centre, context])
            centre, context = [], []
    if centre:
        yield np.array([centre, context])


def vocabulary(path: Path) -> list[str]:
    """The words of a file of vectors, the most frequent first."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    return list(state["vocab"]["_id2unit"][len(VOCAB_PREFIX) :])


