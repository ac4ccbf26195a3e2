"""Names: BIO files, the ways to make more of them, and the training.

A corpus of 3,600 sentences names few people; a model trained on it knows those. So names are exchanged for others of
their type from the reference data, spelling is varied, sentences of the project's own with slots are added, and raw text
in which the reference data and several models agree (`distant`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner import scorer
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer

from kg.arabic import MARKS
from kg.errors import InputError
from kg.training import loop
from kg.training.treebank import misspell_form

Tagged = tuple[tuple[str, str], ...]
Names = dict[str, tuple[str, ...]]
_CLITICS = ("وب", "ول", "و", "ب", "ل", "ف", "ك")
SENTENCES = Path(__file__).parent / "data" / "sentences.txt"


@dataclass(frozen=True)
class Settings:
    """Sizes, and how often each variation is made."""

    hidden: int = 200
    char_hidden: int = 100
    char_embedding: int = 50
    dropout: float = 0.5
    word_dropout: float = 0.05
    finetune: bool = False
    batch: int = 32
    swap: float = 0.5
    misspell: float = 0.15
    slots: int = 1200  # sentences made from slots, a pass
    distant: int = 4000  # sentences of raw text, a pass
    seed: int = 7


def read(path: Path) -> list[Tagged]:
    """The sentences of a BIO file (token, white space, tag). Raises InputError where it is not one."""
    sentences: list[Tagged] = []
    current: list[tuple[str, str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        parts = line.split()
        if not parts:
            if current:
                sentences.append(tuple(current))
            current = []
            continue
        if len(parts) < 2 or not (parts[-1] == "O" or parts[-1][:2] in {"B-", "I-"}):
            raise InputError(f"{path}, line {number}: want a token and a BIO tag, not {line!r}")
        current.append((parts[0], parts[-1].replace("PERS", "PER").replace("MIS0", "MISC")))
    return sentences


def entities(sentence: Tagged) -> list[tuple[int, int, str]]:
    """First token, token after the last, type."""
    found: list[tuple[int, int, str]] = []
    for i, (_, tag) in enumerate(sentence):
        kind = tag[2:]
        if tag[:2] == "B-" or (tag[:2] == "I-" and not (found and found[-1][1] == i and found[-1][2] == kind)):
            found.append((i, i + 1, kind))
        elif tag[:2] == "I-":
            found[-1] = (found[-1][0], i + 1, kind)
    return found


def _tagged(name: Iterable[str], kind: str) -> list[tuple[str, str]]:
    return [(word, ("I-" if i else "B-") + kind) for i, word in enumerate(name)]


class Variation:
    """Sentences varied at random. `names` are names by type; `known` words tell a proclitic from a first letter."""

    def __init__(self, names: Names, settings: Settings, rng: random.Random) -> None:
        self._names, self._settings, self._rng = names, settings, rng
        self._known = {word for kind in ("PER", "LOC") for name in names[kind] for word in name.split()}
        people = [n.split() for n in names["PER"] if " " in n]
        self._first = [p[0] for p in people]
        self._last = [p[1:] for p in people if len(p) < 4]
        self._lines = [
            line.split() for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
        ]

    def name(self, kind: str) -> list[str]:
        """A name of a type; half of the persons are put together from two."""
        if kind == "PER" and self._rng.random() < 0.5:
            return [self._rng.choice(self._first), *self._rng.choice(self._last)]
        return self._rng.choice(self._names[kind]).split()

    def clitic(self, word: str) -> str:
        """The proclitics on the first word of a name: those that leave a word of a known name."""
        if word in self._known:
            return ""
        return next((c for c in _CLITICS if word.startswith(c) and word[len(c) :] in self._known), "")

    def glued(self, clitic: str, name: list[str]) -> list[str]:
        """`name` with a proclitic on its first word; ل takes the alef of an article away."""
        first = name[0]
        if clitic.endswith("ل") and first.startswith("ال"):
            first = first[1:]
        return [clitic + first, *name[1:]]

    def sentence(self, sentence: Tagged) -> Tagged:
        """The sentence with some names exchanged and perhaps careless spelling."""
        rng = self._rng
        out: list[tuple[str, str]] = []
        place = 0
        for start, end, kind in entities(sentence):
            out += sentence[place:start]
            place = end
            if kind not in self._names or rng.random() > self._settings.swap or end - start > 4:
                out += sentence[start:end]
                continue
            new = self.name(kind)
            if kind == "PER" and end - start == 1:
                new = new[-1:]
            out += _tagged(self.glued(self.clitic(sentence[start][0]), new), kind)
        out += sentence[place:]
        return self.spelling(tuple(out))

    def spelling(self, sentence: Tagged) -> Tagged:
        if self._rng.random() >= self._settings.misspell:
            return sentence
        kind = self._rng.randrange(3)
        return tuple((misspell_form(MARKS.sub("", word) or word, kind), tag) for word, tag in sentence)

    def slotted(self) -> Tagged:
        """A sentence of the project's own with its slots filled."""
        out: list[tuple[str, str]] = []
        for token in self._rng.choice(self._lines):
            if "{" not in token:
                out.append((token, "O"))
                continue
            clitic, _, rest = token.partition("{")
            kind = rest.rstrip("}")
            name = self.name("PER")[-1:] if kind == "SUR" else self.name(kind)
            out += _tagged(self.glued(clitic, name), "PER" if kind == "SUR" else kind)
        return self.spelling(tuple(out))


def document(sentences: Iterable[Tagged]) -> Document:
    """A Stanza document of tagged sentences."""
    return Document([[{"id": i + 1, "text": w, "ner": t} for i, (w, t) in enumerate(s)] for s in sentences])


def arguments(settings: Settings) -> dict[str, Any]:
    """Stanza's arguments of a name recogniser."""
    return {
        "mode": "train", "shorthand": "ar_aner", "lang": "ar", "hidden_dim": settings.hidden,
        "char_hidden_dim": settings.char_hidden, "word_emb_dim": 100, "char_emb_dim": settings.char_embedding,
        "num_layers": 1, "char_num_layers": 1, "pretrain_max_vocab": 100000, "word_dropout": settings.word_dropout,
        "locked_dropout": 0.0, "dropout": settings.dropout, "rec_dropout": 0, "char_rec_dropout": 0, "char_dropout": 0,
        "char": True, "charlm": False, "charlm_shorthand": None, "charlm_forward_file": None,
        "charlm_backward_file": None, "char_lowercase": False, "lowercase": True, "emb_finetune": settings.finetune,
        "emb_finetune_known_only": False, "input_transform": True, "scheme": "bioes", "train_scheme": None,
        "bert_model": None, "bert_finetune": False, "pretrain": True, "sample_train": 1.0, "optim": "adam", "lr": 1e-3,
        "momentum": 0, "batch_size": settings.batch, "max_grad_norm": 5.0, "use_peft": False, "predict_tagset": 0,
        "connect_output_layers": False, "gradient_checkpointing": False, "seed": settings.seed,
    }  # fmt: skip


def f1(trainer: Trainer, sentences: list[Tagged], args: dict[str, Any], batch: int = 64) -> float:
    """Entity F1 on tagged sentences, tokens given."""
    data = DataLoader(document(sentences), batch, args, vocab=trainer.vocab, evaluation=True)
    predicted: list[Any] = []
    with torch.no_grad():
        for item in data:
            predicted += trainer.predict(item)
    gold = [[word[0] for word in tags] for tags in data.tags]
    return float(scorer.score_by_entity(predicted, gold)[2])


def batches(
    train: list[Tagged], distant: list[Tagged], vary: Variation, args: dict[str, Any], trainer: Trainer, settings: Settings,
) -> Iterator[Any]:  # fmt: skip
    """Batches without end; each pass takes the corpus whole, varied anew, and a share of the rest."""
    rng = random.Random(settings.seed)
    while True:
        sentences = [vary.sentence(s) for s in train]
        sentences += [vary.slotted() for _ in range(settings.slots)]
        sentences += [vary.spelling(s) for s in rng.sample(distant, min(settings.distant, len(distant)))]
        random.seed(rng.random())
        yield from DataLoader(
            document(sentences), settings.batch, args, vocab=trainer.vocab, evaluation=False, max_batch_words=30 * settings.batch
        )


def train(
    sentences: list[Tagged], development: list[Tagged], distant: list[Tagged], names: Names, vectors: Pretrain,
    settings: Settings, schedule: loop.Schedule, target: Path, start: Path | None = None, device: str = "cpu",
) -> list[loop.Score]:  # fmt: skip
    """Trains a name recogniser, from the model `start` where it is given; the model lies at `target`."""
    torch.manual_seed(settings.seed)
    args = arguments(settings)
    vary = Variation(names, settings, random.Random(settings.seed))
    if start:
        kept = {name: args[name] for name in ("dropout", "word_dropout", "max_grad_norm", "batch_size")}
        trainer = Trainer(args=kept, pretrain=vectors, model_file=str(start), device=device)
        args = trainer.args
        if trainer.model.delta_emb is not None:
            # What it has learnt of the words of the corpus by heart is halved and left so.
            trainer.model.delta_emb.weight.data.mul_(0.5)
            trainer.model.delta_emb.weight.requires_grad_(False)
    else:
        # The characters of everything that will be seen; the words that are fine-tuned are those of the corpus itself.
        letters = [tuple((name, "O") for name in kind) for kind in names.values()]
        first = DataLoader(document(sentences), settings.batch, args, vectors, evaluation=False)
        vocab = first.vocab
        every = DataLoader(document([*sentences, *letters]), settings.batch, args, vectors, evaluation=False)
        vocab["char"] = every.vocab["char"]
        trainer = Trainer(args=args, vocab=vocab, pretrain=vectors, device=device)
    optimizer = torch.optim.Adam((p for p in trainer.model.parameters() if p.requires_grad), lr=schedule.rate)
    trainer.optimizer = optimizer
    task = loop.Task(
        model=trainer.model,
        optimizer=optimizer,
        batches=batches(sentences, distant, vary, args, trainer, settings),
        update=trainer.update,
        evaluate=lambda: f1(trainer, development, args),
        save=lambda path: trainer.save(str(path)),
    )
    return loop.train(task, schedule, target)
