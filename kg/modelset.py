"""Sets of Stanza models: the shipped one, the official one, one of the user's; and pipelines made from them, offline.

A set is a folder `ar/PROCESSOR/PACKAGE.pt`; where it holds Stanza's own index (`resources.json` with an entry `ar`), the
index says which package is meant, else there is one of each. Loading never goes to the network; only `download` does, and only to Stanza's
own loader. Shipped models are stored in half precision and read into single precision.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import ModelError, OutputError

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_NEEDS_VECTORS = ("pos", "depparse", "ner")
SHIPPED, OFFICIAL = "shipped", "official"


@dataclass(frozen=True)
class ModelSet:
    """A set of models: its name and folder (the one that holds `ar/`)."""

    name: str
    folder: Path

    @cached_property
    def digest(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 over the model files, in order: what a run records."""
        total = hashlib.sha256()
        for path in sorted((self.folder / "ar").rglob("*.pt")):
            total.update(path.relative_to(self.folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()[:12]

    @property
    def version(self) -> str:
        """Name and digest, as it stands in the provenance of claims."""
        return f"{self.name}-{self.digest}"

    def file(self, processor: str) -> Path:
        """The model file of a processor. Raises ModelError when there is none or more than one."""
        found = sorted((self.folder / "ar" / processor).glob("*.pt"))
        if not found:
            raise ModelError(f"models {self.name}: no {processor} model in {self.folder / 'ar' / processor}; see `kg models list`")
        return found[0]


def official_folder() -> Path:
    """Where Stanza keeps what it downloads: STANZA_RESOURCES_DIR, else ~/stanza_resources."""
    return Path(os.environ.get("STANZA_RESOURCES_DIR", str(Path.home() / "stanza_resources")))


def settings_file() -> Path:
    """Where a user's own settings lie: kg/models.txt in the folder that the platform has for them."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "kg" / "models.txt"


def default() -> str:
    """The set that `kg models use` has chosen, else `shipped`."""
    try:
        return settings_file().read_text(encoding="utf-8").strip() or SHIPPED
    except OSError:
        return SHIPPED


def use(name: str) -> ModelSet:
    """Makes a set the user's default; it must be there. Raises ModelError, or OutputError where that cannot be kept."""
    found = find(name)
    place = settings_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = name if name in {SHIPPED, OFFICIAL} else str(found.folder.resolve())
        place.write_text(kept + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"the choice cannot be kept in {place}: {error.strerror}") from error
    return found


def find(name: str = "") -> ModelSet:
    """The model set `shipped`, `official`, or of a folder; without a name the user's default (see `use`).

    Raises ModelError where it is not there, saying what to do.
    """
    name = name or default()
    if name == SHIPPED:
        found = ModelSet(SHIPPED, files.MODELS)
        missing = "the package is incomplete; install it again"
    elif name == OFFICIAL:
        found = ModelSet(OFFICIAL, official_folder())
        missing = "get it with `kg models download` on a machine with a network; `--models shipped` works without"
    else:
        found = ModelSet(Path(name).name, Path(name))
        missing = "give `shipped`, `official` or a folder that holds ar/PROCESSOR/PACKAGE.pt"
    if not (found.folder / "ar").is_dir():
        raise ModelError(f"models {name!r}: nothing in {found.folder / 'ar'}: {missing}")
    return found


def pipeline(models: ModelSet, processors: tuple[str, ...] = PROCESSORS, gpu: bool = False, bare: bool = False) -> Any:
    """A `stanza.Pipeline` of a model set; no access to the network. Raises ModelError where a file cannot be loaded.

    torch is kept to one thread: parallelism is processes, and two threads on a busy machine are slower than one. `bare`: as
    Stanza makes it, without what makes it faster here.
    """
    import stanza
    import torch

    torch.set_num_threads(1)
    logging.getLogger("stanza").setLevel(logging.ERROR)
    try:
        pipe = stanza.Pipeline(
            "ar",
            dir=str(models.folder),
            processors=",".join(processors),
            download_method=None,
            use_gpu=gpu,
            verbose=False,
            foundation_cache=_single_precision_vectors(models),
            allow_unknown_language=True,
            # A folder that has no index of its own is read with the empty one of the package: every file is named.
            resources_filepath=str(index if (index := models.folder / "resources.json").is_file() else files.MODELS / "resources.json"),
            **_paths(models, processors),
        )
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"models {models.name} in {models.folder} cannot be loaded: {type(error).__name__}: {error}") from error
    if "mwt" in pipe.processors and not bare:
        _expand_once(pipe.processors["mwt"])
    return pipe


# Expansions that a process remembers at most, beyond those of the model's dictionary.
_REMEMBERED = 200_000


def _expand_once(processor: Any) -> None:
    """Makes the expander decode a token that its dictionary does not hold once a process.

    Stanza decodes every token of several words each time, those of the dictionary too, and throws most of it away: a sixth
    of the time of the whole pipeline. What is written is the same.
    """
    import torch
    from stanza.models.common.doc import Document

    trainer, config = processor.trainer, processor.config
    if config["dict_only"] or not config.get("ensemble_dict"):
        return
    learnt: dict[str, str] = {}

    def decode(tokens: list[str]) -> list[str]:
        batch = processor.build_batch(Document([[{"id": i + 1, "text": t, "misc": "MWT=Yes"} for i, t in enumerate(tokens)]]))
        with torch.no_grad():
            return [p for b in batch.to_loader() for p in trainer.predict(b, never_decode_unk=True, vocab=batch.vocab)]

    def process(document: Any) -> Any:
        tokens = document.get_mwt_expansions(evaluation=True)
        found = {token: trainer.dict_expansion(token) or learnt.get(token) for token in tokens}
        unknown = sorted((token for token, parts in found.items() if parts is None), key=len)
        if unknown:
            new = dict(zip(unknown, decode(unknown), strict=True))
            found.update(new)
            if len(learnt) < _REMEMBERED:
                learnt.update(new)
        document.set_mwt_expansions([found[token] for token in tokens], process_manual_expanded=False)
        return document

    processor.process = process


def _indexed(models: ModelSet) -> bool:
    """True for a set as Stanza downloads it, whose index names packages and what they depend on."""
    try:
        return "ar" in json.loads((models.folder / "resources.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def _paths(models: ModelSet, processors: tuple[str, ...]) -> dict[str, str]:
    if _indexed(models):
        return {}
    paths = {f"{p}_model_path": str(models.file(p)) for p in processors}
    if (models.folder / "ar" / "pretrain").is_dir():
        vectors = str(models.file("pretrain"))
        paths |= {f"{p}_pretrain_path": vectors for p in processors if p in _NEEDS_VECTORS}
    return paths


def _single_precision_vectors(models: ModelSet) -> Any:
    """Stanza's cache of word vectors, with those of the set in it as float32: the trainers' copies are converted by torch
    when their states are loaded, the vectors alone are used as they are."""
    from stanza.models.common.foundation_cache import FoundationCache

    cache = FoundationCache(local_files_only=True)
    if not _indexed(models) and (models.folder / "ar" / "pretrain").is_dir():
        path = str(models.file("pretrain"))
        vectors = cache.load_pretrain(path)
        vectors._emb = vectors.emb.float()
    return cache


def download(folder: Path | None = None) -> ModelSet:
    """The official Arabic package, through Stanza's own loader. Raises ModelError without a network."""
    import stanza

    target = folder or official_folder()
    logging.getLogger("stanza").setLevel(logging.CRITICAL)
    try:
        stanza.download("ar", model_dir=str(target), verbose=False)
    except Exception as error:
        raise ModelError(
            f"the official models cannot be downloaded ({type(error).__name__}): there seems to be no network."
            " Everything works without them, with the shipped models (`--models shipped`)"
        ) from error
    return ModelSet(OFFICIAL, target)
