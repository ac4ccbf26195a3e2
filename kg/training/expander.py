"""The expander of tokens into words (وبالكرملين -> و ب الكرملين): Stanza's dictionary and decoder, and the dictionary made
larger by names that begin like a proclitic, which a decoder cannot know (وبيلاروسيا -> و بيلاروسيا, not و ب يلاروسيا)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanza.models import mwt_expander
from stanza.models.mwt.trainer import Trainer

from kg.arabic import MARKS
from kg.training import treebank
from kg.training.treebank import Sentence

# Proclitics as one writes them before a name -> as words.
_CLITICS = {
    "و": ("و",), "ف": ("ف",), "ب": ("ب",), "ل": ("ل",), "ك": ("ك",), "وب": ("و", "ب"), "ول": ("و", "ل"), "وك": ("و", "ك"),
    "فب": ("ف", "ب"), "فل": ("ف", "ل"),
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Size and length of the decoder's training."""

    hidden: int = 64
    epochs: int = 12
    seed: int = 1234


def names_with_proclitics(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Token and expansion (words divided by a space) for names whose first letter could be a proclitic."""
    for name in names:
        if name[:1] in "وفبلك" and len(name) > 3:
            for written, parts in _CLITICS.items():
                yield written + name, " ".join((*parts, name))


def expansions(sentences: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    """Token and expansion of every token of several words, as written and without its marks."""
    for sentence in sentences:
        for token in sentence:
            if len(token.words) > 1:
                parts = " ".join(w.form for w in token.words)
                yield token.text, parts
                if MARKS.search(token.text):
                    yield MARKS.sub("", token.text), MARKS.sub("", parts)


def enlarge(model: Path, sentences: Iterable[Sentence], names: Iterable[str], target: Path) -> int:
    """`model` with a larger dictionary, written to `target`; returns how many entries were added.

    What the treebank holds as a token of several words keeps its expansion: للبنان is there, so is بلجيكا said to be one.
    """
    trainer = Trainer(model_file=str(model), device="cpu")
    before = len(trainer.expansion_dict)
    for token, parts in expansions(sentences):
        trainer.expansion_dict.setdefault(token, parts)
    for token, parts in names_with_proclitics(names):
        trainer.expansion_dict.setdefault(token, parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    trainer.save(str(target))
    return len(trainer.expansion_dict) - before


def train(
    sentences: list[Sentence], development: list[Sentence], names: tuple[str, ...], settings: Settings, target: Path,
    scratch: Path, cpu: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Trains the decoder with Stanza's own program and enlarges the dictionary; the model lies at `target`."""
    scratch.mkdir(parents=True, exist_ok=True)
    train_file, gold_file = scratch / "mwt-train.conllu", scratch / "mwt-gold.conllu"
    train_file.write_text(treebank.conllu(sentences), encoding="utf-8")
    gold_file.write_text(treebank.conllu(development), encoding="utf-8")
    arguments = [
        "--mode", "train", "--train_file", str(train_file), "--eval_file", str(gold_file), "--gold_file", str(gold_file),
        "--lang", "ar", "--shorthand", "ar_padt", "--hidden_dim", str(settings.hidden), "--num_epoch", str(settings.epochs),
        "--max_dec_len", "40", "--num_layers", "1", "--no_force_exact_pieces", "--save_dir", str(scratch),
        "--save_name", "mwt.pt", "--seed", str(settings.seed),
    ]  # fmt: skip
    mwt_expander.main([*arguments, "--cpu"] if cpu else arguments)
    added = enlarge(scratch / "mwt.pt", sentences, names, target)
    return {"dictionary entries added": added}
