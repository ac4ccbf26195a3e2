"""The tokenizer: windows over neighbouring sentences in the order of the treebank, varied anew each time.

Stanza's own loader joins sentences picked at random, so that the model never sees what follows a heading or a quotation;
here the windows are text as it ran. Labels are Stanza's: 1 end of a word, 2 of a sentence, 3 and 4 likewise for tokens of
several words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from stanza.models.common.utils import ud_scores
from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import output_predictions
from stanza.models.tokenization.vocab import Vocab

from kg.training import loop, treebank
from kg.training.treebank import Sentence, Variation

FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
Labelled = list[tuple[str, int]]


@dataclass(frozen=True)
class Settings:
    """Sizes of the model and of the windows."""

    embedding: int = 32
    hidden: int = 96
    window: int = 400
    batch: int = 24
    dropout: float = 0.33
    unit_dropout: float = 0.1
    seed: int = 7


def arguments(settings: Settings) -> dict[str, Any]:
    """Stanza's arguments of a tokenizer."""
    return {
        "lang": "ar", "shorthand": "ar_padt", "mode": "train", "emb_dim": settings.embedding,
        "hidden_dim": settings.hidden, "conv_filters": "1,9", "residual": True, "hierarchical": True,
        "hier_invtemp": 0.5, "conv_res": None, "rnn_layers": 1, "use_dictionary": False, "num_dict_feat": 0,
        "feat_funcs": FEATURES, "feat_dim": len(FEATURES), "max_grad_norm": 1.0, "lr0": 2e-3, "dropout": settings.dropout,
        "feat_dropout": 0.05, "tok_noise": 0.02, "weight_decay": 0.0, "max_seqlen": settings.window, "batch_size": settings.batch, "use_mwt": True,
        "skip_newline": False, "charlm_forward_file": None, "seed": settings.seed,
    }  # fmt: skip


def labelled(sentence: Sentence, space: bool = True) -> Labelled:
    """The characters of a sentence with their labels; `space`: one follows the sentence."""
    out: Labelled = []
    for number, token in enumerate(sentence):
        last = number == len(sentence) - 1
        label = (3 if len(token.words) > 1 else 1) + last
        out.extend((c, 0) for c in token.text[:-1])
        out.append((token.text[-1], label))
        if (space if last else token.space) and token.text:
            out.append((" ", 0))
    return out


class Windows:
    """Batches without end. One object belongs to one training; its state is that of its random numbers."""

    def __init__(
        self, sentences: list[Sentence], args: dict[str, Any], vocab: Vocab, settings: Settings, how: Variation,
        names: tuple[str, ...],
    ) -> None:  # fmt: skip
        self._sentences, self._settings, self._how, self._names = sentences, settings, how, names
        self._vocab = vocab
        self._rng = random.Random(settings.seed)
        self._dataset = TokenizationDataset(args, input_text="", vocab=vocab, evaluation=True)

    def window(self) -> tuple[Any, Any, Any, list[str]]:
        """Some neighbouring sentences, cut to the window, beginning where a sentence begins."""
        rng = self._rng
        count = rng.choice((1, 1, 2, 3, 5, 10))
        first = rng.randrange(len(self._sentences))
        paragraph: Labelled = []
        starts = []
        for sentence in self._sentences[first : first + count]:
            starts.append(len(paragraph))
            paragraph += self._sentence(sentence)
        while paragraph[-1][0] == " ":
            paragraph.pop()
        units, labels, features, raw = self._dataset.para_to_sentences(paragraph)[0]
        start = rng.choice(starts)
        end = start + self._settings.window
        return units[start:end], labels[start:end], features[start:end], raw[start:end]

    def _sentence(self, sentence: Sentence) -> Labelled:
        rng, how = self._rng, self._how
        sentence = treebank.vary(sentence, how, self._names, rng)
        final = sentence[-1].text
        if len(sentence) > 2 and final in {".", "!", "؟"}:
            dice = rng.random()
            if dice < how.stopless:
                sentence = sentence[:-1]
            elif dice < how.stopless + 0.02:
                mark = rng.choice(("...", "!", "؟", ".."))
                word = replace(sentence[-1].words[0], form=mark)
                sentence = (*sentence[:-1], treebank.Token(mark, (word,), True))
        return labelled(sentence, space=final not in {".", "!", "؟"} or rng.random() >= how.glued)

    def __iter__(self) -> Iterator[Any]:
        padding, unknown = self._vocab.unit2id("<PAD>"), self._vocab.unit2id("<UNK>")
        while True:
            # Stanza packs sequences by length, longest first.
            batch = sorted((self.window() for _ in range(self._settings.batch)), key=lambda w: -len(w[0]))
            length = len(batch[0][0])
            units = np.full((len(batch), length), padding, dtype=np.int64)
            labels = np.full((len(batch), length), -1, dtype=np.int64)
            features = np.zeros((len(batch), length, len(FEATURES)), dtype=np.float32)
            texts = []
            for row, (u, marks, f, raw) in enumerate(batch):
                units[row, : len(u)], labels[row, : len(marks)], features[row, : len(f)] = u, marks, f
                texts.append(raw + ["<PAD>"] * (length - len(raw)))
            dropped = np.random.random_sample(units.shape) < self._settings.unit_dropout
            units[dropped & (units != padding)] = unknown
            yield torch.from_numpy(units), torch.from_numpy(labels), torch.from_numpy(features), texts


def vocabulary(sentences: list[Sentence], names: tuple[str, ...]) -> Vocab:
    """Every character that text or its variation may hold."""
    letters = {c for s in sentences for t in s for c in t.text} | {c for n in names for c in n}
    letters |= set(" ،؛؟.!:…«»“”\"'()[]{}-–—/%٪*+=@&#$€0123456789٠١٢٣٤٥٦٧٨٩abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZپچژگڤکی")
    return Vocab([[(c, 0) for c in sorted(letters)]], "ar")


def predict(trainer: Trainer, text: str, target: Path, expansions: dict[str, Any] | None = None) -> None:
    """Writes the tokens of `text` (paragraphs divided by an empty line) to a CoNLL-U file."""
    dataset = TokenizationDataset(trainer.args, input_text=text, vocab=trainer.vocab, evaluation=True)
    output_predictions(str(target), trainer, dataset, trainer.vocab, expansions or {}, 1000)


def development_score(trainer: Trainer, gold: list[Sentence], scratch: Path) -> dict[str, float]:
    """F1 of tokens and of sentences, and how often a token is rightly said to hold one or several words."""
    scratch.mkdir(parents=True, exist_ok=True)
    gold_file, system_file = scratch / "tokenizer-gold.conllu", scratch / "tokenizer-system.conllu"
    # Only tokens are compared, so that every token is written as one word.
    flat = [tuple(treebank.Token(t.text, (replace(t.words[-1], form=t.text, head=0 if i == 0 else 1),), t.space)
                  for i, t in enumerate(s)) for s in gold]  # fmt: skip
    gold_file.write_text(treebank.conllu(flat), encoding="utf-8")
    with torch.no_grad():
        predict(trainer, "\n\n".join(treebank.paragraphs(gold)), system_file)
    found = ud_scores(str(gold_file), str(system_file))
    several = {(t.start, t.end) for t in _spans(gold)}
    guessed = _guessed_spans(system_file)
    both = len(several & guessed)
    mwt = 2 * both / max(1, len(several) + len(guessed))
    return {"tokens": found["Tokens"].f1, "sentences": found["Sentences"].f1, "mwt": mwt}


@dataclass(frozen=True)
class _Span:
    start: int
    end: int


def _spans(sentences: list[Sentence]) -> Iterator[_Span]:
    place = 0
    for sentence in sentences:
        for token in sentence:
            length = len(token.text.replace(" ", ""))
            if len(token.words) > 1:
                yield _Span(place, place + length)
            place += length


def _guessed_spans(path: Path) -> set[tuple[int, int]]:
    place, out = 0, set()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if len(row) < 10:
            continue
        length = len(row[1].replace(" ", ""))
        if "MWT=Yes" in row[9]:
            out.add((place, place + length))
        place += length
    return out


# Characters that a model does not know begin as one that it does.
_LIKE = {"“": "«", "”": "»", "…": ".", "–": "-", "—": "-", "؛": "،", "٪": "%", "[": "(", "]": ")", "'": '"', "گ": "ك", "ک": "ك", "ی": "ي"} | {
    chr(0x660 + d): str(d) for d in range(10)
}  # fmt: skip


def _widened(trainer: Trainer, wanted: Vocab) -> Trainer:
    """A loaded tokenizer that knows the characters of `wanted` too."""
    old = trainer.model.embeddings.weight.data
    rows = [old]
    for unit in wanted._id2unit:
        if unit not in trainer.vocab:
            like = _LIKE.get(unit, "<UNK>")
            rows.append(old[trainer.vocab.unit2id(like)].unsqueeze(0).clone())
            trainer.vocab.append(unit)
    weights = torch.cat(rows)
    trainer.model.embeddings = torch.nn.Embedding(weights.shape[0], weights.shape[1], padding_idx=0, _weight=weights)
    trainer.args["vocab_size"] = len(trainer.vocab)
    return trainer


def train(
    sentences: list[Sentence], development: list[Sentence], names: tuple[str, ...], settings: Settings, how: Variation,
    schedule: loop.Schedule, target: Path, start: Path | None = None, device: str = "cpu",
) -> list[loop.Score]:  # fmt: skip
    """Trains a tokenizer, from the model `start` where it is given; the model lies at `target`."""
    torch.manual_seed(settings.seed)
    np.random.seed(settings.seed)
    vocab = vocabulary(sentences, names)
    if start:
        trainer = _widened(Trainer(model_file=str(start), device=device), vocab)
        trainer.args |= {"max_seqlen": settings.window, "batch_size": settings.batch}
        vocab, args = trainer.vocab, trainer.args
        trainer.optimizer = torch.optim.Adam(trainer.model.parameters(), betas=(0.9, 0.9))
    else:
        args = arguments(settings) | {"vocab_size": len(vocab)}
        trainer = Trainer(args=args, vocab=vocab, device=device)

    def evaluate() -> float:
        scores = development_score(trainer, development, target.parent)
        loop.log.info("%s", scores)
        # Sentence ends are the hard part; the three are put together as Stanza does it, by their harmonic mean.
        return 3 / sum(1 / max(value, 1e-6) for value in scores.values())

    task = loop.Task(
        model=trainer.model,
        optimizer=trainer.optimizer,
        batches=iter(Windows(sentences, args, vocab, settings, how, names)),
        update=trainer.update,
        evaluate=evaluate,
        save=lambda path: trainer.save(str(path)),
    )
    return loop.train(task, schedule, target)
