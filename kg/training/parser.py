"""The parser: Stanza's graph parser, trained on gold trees over partly predicted tags.

UPOS goes into the model, features do not: the parser of Stanza 1.15 puts its tag embedding in twice where they should be.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models import parser as stanza_parser
from stanza.models.common.doc import DEPREL, HEAD
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import ud_scores
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import GraphTrainer, Trainer
from stanza.models.depparse.utils import predict_dataset

from kg.training import loop, treebank
from kg.training.tagger import document, untagged
from kg.training.treebank import Sentence


@dataclass(frozen=True)
class Settings:
    """Sizes; `batch` counts words; `longest`: sentences of more words are left out of the training, whose cost grows with
    the square of their length."""

    hidden: int = 250
    layers: int = 2
    char_hidden: int = 100
    biaffine: int = 250
    batch: int = 1200
    longest: int = 110
    dropout: float = 0.4
    word_dropout: float = 0.25
    doubt: float = 0.25  # share of the words whose tag is the tagger's, see tagger.uncertain
    seed: int = 7


def arguments(settings: Settings) -> dict[str, Any]:
    """Stanza's own defaults with our sizes."""
    defaults: dict[str, Any] = vars(stanza_parser.build_argparse().parse_args([]))
    return defaults | {
        "mode": "train", "lang": "ar", "shorthand": "ar_padt", "hidden_dim": settings.hidden, "num_layers": settings.layers,
        "char_hidden_dim": settings.char_hidden, "deep_biaff_hidden_dim": settings.biaffine, "word_cutoff": 7,
        "use_xpos": False, "use_ufeats": False, "batch_size": settings.batch, "use_peft": False, "seed": settings.seed,
        "device": "cpu",
    } | regularisation(settings)  # fmt: skip


def regularisation(settings: Settings) -> dict[str, Any]:
    """The arguments that may differ from those of a model that training goes on from."""
    return {"dropout": settings.dropout, "word_dropout": settings.word_dropout}


def score(trainer: Trainer, gold: list[Sentence], tagged: list[Sentence], vectors: Pretrain) -> float:
    """LAS, tokens given, tags as in `tagged`."""
    data = DataLoader(
        document(tagged), 5000, trainer.args, vectors, vocab=trainer.vocab, evaluation=True, sort_during_eval=True
    )
    found = predict_dataset(trainer, data)
    data.doc.set([HEAD, DEPREL], [word for sentence in found for word in sentence])
    system = io.StringIO(f"{data.doc:C}\n\n")
    return float(ud_scores(io.StringIO(treebank.conllu(untagged(gold))), system)["LAS"].f1)


def train(
    sentences: list[Sentence], doubtful: list[Sentence], development: list[Sentence], tagged: list[Sentence],
    vectors: Pretrain, settings: Settings, schedule: loop.Schedule, target: Path, start: Path | None = None,
    device: str = "cpu",
) -> list[loop.Score]:  # fmt: skip
    """Trains a parser on each sentence twice: with gold tags and with those of `doubtful`. `tagged` is the development set
    with predicted tags. From the model `start` where it is given; the model lies at `target`."""
    torch.manual_seed(settings.seed)
    random.seed(settings.seed)
    both = [s for pair in zip(sentences, doubtful, strict=True) for s in pair]
    short = [s for s in both if len(treebank.words(s)) <= settings.longest]
    args = arguments(settings)
    if start:
        trainer = Trainer.load(str(start), vectors, args=regularisation(settings), device=device, reset_history=True)
        data = DataLoader(document(short), settings.batch, trainer.args, vectors, vocab=trainer.vocab, evaluation=False)
    else:
        data = DataLoader(document(short), settings.batch, args, vectors, evaluation=False)
        trainer = GraphTrainer(args=args, vocab=data.vocab, pretrain=vectors, device=device)
    optimizer = torch.optim.Adam((p for p in trainer.model.parameters() if p.requires_grad), betas=(0.9, 0.95))
    trainer.optimizer = {"adam": optimizer}

    def batches() -> Iterator[Any]:
        while True:
            data.reshuffle()
            order = list(range(len(data)))
            random.shuffle(order)
            for number in order:
                yield data[number]

    task = loop.Task(
        model=trainer.model,
        optimizer=optimizer,
        batches=batches(),
        update=lambda batch: float(trainer.update(batch)[0]),
        evaluate=lambda: score(trainer, development, tagged, vectors),
        save=lambda path: trainer.save(str(path)),
    )
    return loop.train(task, schedule, target)
