"""The tagger (UPOS and features) and, by its doubts, the tags that the parser is trained on."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from stanza.models import tagger as stanza_tagger
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import ud_scores, unsort
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer
from stanza.utils.conll import CoNLL

from kg.training import loop, treebank
from kg.training.treebank import Sentence, Token, Variation


@dataclass(frozen=True)
class Settings:
    """Sizes; `longest`: sentences of more words are left out of the training."""

    hidden: int = 200
    layers: int = 1
    char_hidden: int = 50
    biaffine: int = 150
    composite: int = 50
    batch: int = 60
    longest: int = 150
    dropout: float = 0.5
    seed: int = 7


def arguments(settings: Settings) -> dict[str, Any]:
    """Stanza's own defaults with our sizes."""
    defaults: dict[str, Any] = vars(stanza_tagger.build_argparse().parse_args([]))
    return defaults | {
        "mode": "train", "lang": "ar", "shorthand": "ar_padt", "hidden_dim": settings.hidden, "num_layers": settings.layers,
        "char_hidden_dim": settings.char_hidden, "deep_biaff_hidden_dim": settings.biaffine,
        "composite_deep_biaff_hidden_dim": settings.composite, "dropout": settings.dropout, "word_cutoff": 7,
        "batch_size": settings.batch, "augment_nopunct": 0.25, "use_peft": False, "seed": settings.seed, "device": "cpu",
    }  # fmt: skip


def untagged(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences without the treebank's own tags, which the models do not learn."""
    return [tuple(Token(t.text, tuple(replace(w, xpos="_") for w in t.words), t.space) for t in s) for s in sentences]


def document(sentences: list[Sentence]) -> Any:
    """A Stanza document of a treebank."""
    return CoNLL.conll2doc(input_str=treebank.conllu(untagged(sentences)))


def predict(trainer: Trainer, sentences: list[Sentence], vectors: Pretrain) -> list[Sentence]:
    """The sentences with UPOS and features as the model gives them."""
    doc = document(sentences)
    data = Dataset(doc, trainer.args, vectors, vocab=trainer.vocab, evaluation=True, sort_during_eval=True)
    found: list[Any] = []
    order: list[int] = []
    with torch.no_grad():
        for batch in data.to_loader(batch_size=50):
            found += trainer.predict(batch)
            order.extend(batch.idx)
    out: list[Sentence] = []
    for sentence, tags in zip(sentences, unsort(found, order), strict=True):
        rest = iter(tags)
        out.append(
            tuple(
                Token(t.text, tuple(replace(w, upos=g[0], feats=g[2]) for w in t.words for g in [next(rest)]), t.space)
                for t in sentence
            )
        )
    return out


def score(trainer: Trainer, gold: list[Sentence], vectors: Pretrain) -> float:
    """F1 of UPOS and features together, tokens given."""
    system = predict(trainer, gold, vectors)
    return float(ud_scores(io.StringIO(treebank.conllu(untagged(gold))), io.StringIO(treebank.conllu(untagged(system))))["AllTags"].f1)


@contextmanager
def doubting(trainer: Trainer) -> Iterator[None]:
    """The model with its dropout at work while it predicts."""
    calm = trainer.model.eval
    trainer.model.eval = trainer.model.train
    try:
        yield
    finally:
        trainer.model.eval = calm


def uncertain(
    trainer: Trainer, sentences: list[Sentence], vectors: Pretrain, share: float, rng: random.Random
) -> list[Sentence]:
    """Training sentences with the errors in them that a tagger makes on new text.

    On what it was trained on the tagger errs seldom; predicting with dropout at work it errs where it is weak, but too
    often. So `share` of the words take the predicted tag. Cross-validation does this better, at many times the cost.
    """
    with doubting(trainer):
        guessed = predict(trainer, sentences, vectors)
    return [
        tuple(
            Token(a.text, tuple(y if rng.random() < share else x for x, y in zip(a.words, b.words, strict=True)), a.space)
            for a, b in zip(gold, guess, strict=True)
        )
        for gold, guess in zip(sentences, guessed, strict=True)
    ]


def train(
    sentences: list[Sentence], development: list[Sentence], names: tuple[str, ...], vectors: Pretrain, settings: Settings,
    how: Variation, schedule: loop.Schedule, target: Path, start: Path | None = None, device: str = "cpu",
) -> list[loop.Score]:  # fmt: skip
    """Trains a tagger, from the model `start` where it is given; the model lies at `target`."""
    torch.manual_seed(settings.seed)
    random.seed(settings.seed)
    rng = random.Random(settings.seed)
    args = arguments(settings)
    short = [s for s in sentences if len(treebank.words(s)) <= settings.longest]
    if start:
        trainer = Trainer(pretrain=vectors, model_file=str(start), device=device)
        args = trainer.args
    else:
        vocab = Dataset(document(short), args, vectors, evaluation=False).vocab
        trainer = Trainer(args=args, vocab=vocab, pretrain=vectors, device=device)
    optimizer = torch.optim.Adam((p for p in trainer.model.parameters() if p.requires_grad), betas=(0.9, 0.95))
    trainer.optimizers = {"adam": optimizer}
    trainer.schedulers = {}

    def batches() -> Iterator[Any]:
        while True:
            varied = [treebank.vary(s, how, names, rng) for s in short]
            data = Dataset(document(varied), args, vectors, vocab=trainer.vocab, evaluation=False)
            yield from data.to_loader(batch_size=settings.batch, shuffle=True)

    task = loop.Task(
        model=trainer.model,
        optimizer=optimizer,
        batches=batches(),
        update=trainer.update,
        evaluate=lambda: score(trainer, development, vectors),
        save=lambda path: trainer.save(str(path)),
    )
    return loop.train(task, schedule, target)


