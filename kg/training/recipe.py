"""The recipe: treebank, names and raw text in; a set of models out, each with a record of how it was made.

    DIR/ar/PROCESSOR/PACKAGE.pt     the model as it ships (half precision, without the state of its training)
    DIR/ar/PROCESSOR/PACKAGE.json   versions, data with their hashes, settings, seeds, scores
    DIR/training/STEP/…             the model in full, and where a training was interrupted its state

A step that is done with the same data and settings is not done again; an interrupted one goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import platform
import random
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import stanza
import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.trainer import Trainer as TaggerTrainer

import kg
from kg.errors import DataError, InputError
from kg.training import expander, lemmatizer, loop, names, ner, parser, tagger, tokenizer, treebank, vectors
from kg.training.compact import compact
from kg.training.treebank import Sentence

RECIPE = Path(__file__).parent / "data" / "recipe.toml"
# In the order in which they are made: later ones need earlier ones. Step -> the file of its model below `ar/`.
STEPS: Mapping[str, str] = {
    "vectors": "pretrain/news.pt", "tokenize": "tokenize/padt.pt", "mwt": "mwt/padt.pt", "pos": "pos/padt.pt",
    "lemma": "lemma/padt.pt", "depparse": "depparse/padt.pt", "ner": "ner/aner.pt",
}  # fmt: skip
S = TypeVar("S")


@dataclass(frozen=True)
class Data:
    """The files to learn from. Where a development file is not given, every tenth sentence is kept from the training."""

    treebank: Path
    names: Path
    texts: tuple[Path, ...]
    treebank_dev: Path | None = None
    names_dev: Path | None = None

    @cached_property
    def sentences(self) -> tuple[list[Sentence], list[Sentence]]:
        """Training and development sentences of the treebank."""
        every = treebank.read(self.treebank)
        return _parted(every, treebank.read(self.treebank_dev) if self.treebank_dev else None)

    @cached_property
    def tagged(self) -> tuple[list[ner.Tagged], list[ner.Tagged]]:
        """Training and development sentences with names."""
        return _parted(ner.read(self.names), ner.read(self.names_dev) if self.names_dev else None)

    def files(self, step: str) -> list[Path]:
        """The files that a step learns from."""
        if step == "ner":
            return [p for p in (self.names, self.names_dev) if p]
        files = [p for p in (self.treebank, self.treebank_dev) if p]
        return [*self.texts, *files] if step == "vectors" else files


def _parted(every: list[S], development: list[S] | None) -> tuple[list[S], list[S]]:
    if development is not None:
        return every, development
    if len(every) < 2:
        raise InputError("a training file of one sentence leaves none to measure on: give more")
    step = min(10, len(every))
    return [s for i, s in enumerate(every) if i % step], [s for i, s in enumerate(every) if not i % step]


@dataclass(frozen=True)
class Recipe:
    """One run: data, settings (a table a step), where to write, which models to go on from."""

    data: Data
    settings: Mapping[str, Any]
    out: Path
    start: Path | None = None
    device: str = "cpu"
    tell: Callable[[str], None] = field(default=lambda line: None)

    def model(self, step: str) -> Path:
        """The model of a step as it ships."""
        return self.out / "ar" / STEPS[step]

    def full(self, step: str) -> Path:
        """The model of a step as it was trained; of a step that is not part of this run, the shipped one serves."""
        return self.out / "training" / step / Path(STEPS[step]).name

    def record_file(self, step: str) -> Path:
        return self.model(step).with_suffix(".json")

    def run(self, steps: tuple[str, ...] = tuple(STEPS)) -> dict[str, Mapping[str, Any]]:
        """Does the steps in their order; returns the record of each."""
        unknown = [step for step in steps if step not in STEPS]
        if unknown:
            raise InputError(f"no step {', '.join(unknown)}: the steps are {', '.join(STEPS)}")
        torch.set_num_threads(1)
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "resources.json").write_text("{}\n", encoding="utf-8")
        return {step: self._step(step) for step in STEPS if step in steps}

    def _step(self, step: str) -> Mapping[str, Any]:
        wanted = self._wanted(step)
        place = self.record_file(step)
        if place.exists() and self.model(step).exists():
            record = json.loads(place.read_text(encoding="utf-8"))
            if all(record.get(key) == value for key, value in wanted.items()):
                self.tell(f"{step}: done before, with the same data and settings")
                return dict(record)
        self.tell(f"{step}: begins")
        # Saved states and scores of other settings must not be gone on from.
        stamp = self.full(step).with_suffix(".settings")
        mark = json.dumps(wanted, ensure_ascii=False, sort_keys=True)
        if stamp.exists() and stamp.read_text(encoding="utf-8") != mark:
            self.full(step).with_suffix(".state").unlink(missing_ok=True)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(mark, encoding="utf-8")
        started = time.monotonic()
        scores = getattr(self, f"_{step}")()
        size = compact(self.full(step), self.model(step))
        record = wanted | {
            "scores": scores, "seconds": round(time.monotonic() - started, 1), "bytes": size, "device": self.device,
            "versions": {
                "kg": kg.__version__, "stanza": stanza.__version__, "torch": torch.__version__,
                "python": platform.python_version(),
            },
        }  # fmt: skip
        place.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.tell(f"{step}: done, {size / 1e6:.1f} MB in {record['seconds']} s, {_last(scores)}")
        return record

    def _wanted(self, step: str) -> dict[str, Any]:
        settings = {key: self.settings[key] for key in (step, "variation", "seed") if key in self.settings}
        files = {path.name: _hash(path) for path in self.data.files(step)}
        return {"step": step, "settings": settings, "data": files, "start": self.start.name if self.start else ""}

    # --- the steps, each returning its scores -------------------------------------------------------------------------

    def _part(self, step: str, name: str, kind: type[S]) -> S:
        """A table of the settings as an object. Raises DataError where it holds what the object does not."""
        table = self.settings.get(step, {})
        table = table.get(name, {}) if name else table
        try:
            return kind(**table)
        except TypeError as error:
            raise DataError(f"settings, [{step}{'.' * bool(name)}{name}]: {error}") from error

    def _schedule(self, step: str) -> loop.Schedule:
        return self._part(step, "schedule", loop.Schedule)

    @property
    def _variation(self) -> treebank.Variation:
        return self._part("variation", "", treebank.Variation)

    @cached_property
    def _single(self) -> tuple[str, ...]:
        return names.single_words()

    def _start(self, step: str) -> Path | None:
        return self.start / "ar" / STEPS[step] if self.start else None

    @cached_property
    def _pretrain(self) -> Pretrain:
        path = next((p for p in (self.full("vectors"), self.model("vectors"), self._start("vectors")) if p and p.exists()), None)
        if path is None:
            raise InputError(f"no word vectors in {self.out}: do the step `vectors` first, or give --start")
        found = Pretrain(str(path))
        found._emb = found.emb.float()
        return found

    def _vectors(self) -> Any:
        settings = self._part("vectors", "", vectors.Settings)
        return vectors.train(list(self.data.texts), self.data.sentences[0], settings, self.full("vectors"), self.device)

    def _tokenize(self) -> Any:
        train, development = self.data.sentences
        settings = self._part("tokenize", "model", tokenizer.Settings)
        return _dicts(
            tokenizer.train(
                train, development, self._single, settings, self._variation, self._schedule("tokenize"),
                self.full("tokenize"), self._start("tokenize"), self.device,
            )
        )  # fmt: skip

    def _mwt(self) -> Any:
        train, development = self.data.sentences
        settings = self._part("mwt", "model", expander.Settings)
        target = self.full("mwt")
        return expander.train(train, development, self._single, settings, target, target.parent, self.device == "cpu")

    def _pos(self) -> Any:
        train, development = self.data.sentences
        settings = self._part("pos", "model", tagger.Settings)
        return _dicts(
            tagger.train(
                train, development, self._single, self._pretrain, settings, self._variation, self._schedule("pos"),
                self.full("pos"), self._start("pos"), self.device,
            )
        )  # fmt: skip

    def _lemma(self) -> Any:
        settings = self._part("lemma", "model", lemmatizer.Settings)
        words = list(self._pretrain.vocab)[: settings.vocabulary]
        return lemmatizer.train(self.data.sentences[0], words, self._single, settings, self.full("lemma"))

    def _depparse(self) -> Any:
        train, development = self.data.sentences
        settings = self._part("depparse", "model", parser.Settings)
        path = next((p for p in (self.full("pos"), self.model("pos"), self._start("pos")) if p and p.exists()), None)
        if path is None:
            raise InputError(f"no tagger in {self.out}: do the step `pos` first, or give --start")
        trained = TaggerTrainer(pretrain=self._pretrain, model_file=str(path), device=self.device)
        torch.manual_seed(settings.seed)
        doubtful = tagger.uncertain(trained, train, self._pretrain, settings.doubt, random.Random(settings.seed))
        tagged = tagger.predict(trained, development, self._pretrain)
        return _dicts(
            parser.train(
                train, doubtful, development, tagged, self._pretrain, settings, self._schedule("depparse"),
                self.full("depparse"), self._start("depparse"), self.device,
            )
        )  # fmt: skip

    def _ner(self) -> Any:
        train, development = self.data.tagged
        settings = self._part("ner", "model", ner.Settings)
        return _dicts(
            ner.train(
                train, development, [], names.by_type(), self._pretrain, settings, self._schedule("ner"), self.full("ner"),
                self._start("ner"), self.device,
            )
        )  # fmt: skip


def _dicts(scores: list[loop.Score]) -> list[dict[str, Any]]:
    return [asdict(score) for score in scores]


def _last(scores: Any) -> str:
    if isinstance(scores, list) and scores:
        best = max(scores, key=lambda s: s["score"])
        return f"development score {100 * best['score']:.2f} at step {best['step']}"
    return ", ".join(f"{value} {key}" for key, value in scores.items()) if isinstance(scores, dict) else ""


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def settings(path: Path | None = None) -> dict[str, Any]:
    """The settings of a TOML file, the shipped ones where none is given. Raises DataError where it is not TOML."""
    try:
        return tomllib.loads((path or RECIPE).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path or RECIPE}: not TOML: {error}") from error


def device() -> str:
    """`cuda` where there is a GPU, else `cpu`."""
    return "cuda" if torch.cuda.is_available() else "cpu"
