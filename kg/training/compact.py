"""Trained Stanza models -> the shipped form: tensors in half precision, optimizers and training state dropped.

Weights lie between -10 and 10 and are read back into single precision before use, so that half precision costs a relative
error of 2^-11, far below the noise of training; the table of `kg models evaluate` shows no difference. Halves the size.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

# What a saved model needs to run; the rest is for going on with its training.
_TRAINING_STATE = {
    "optimizer_state_dict", "optimizer", "scheduler_state_dict", "global_step", "last_best_step", "dev_score_history",
    "bert_optimizer_state_dict", "bert_scheduler_state_dict",
}  # fmt: skip


def halve(value: Any) -> Any:
    """`value` with every float32 tensor in it in half precision."""
    if isinstance(value, torch.Tensor) and value.dtype == torch.float32:
        return value.half()
    if isinstance(value, dict):
        return {key: halve(item) for key, item in value.items()}
    if isinstance(value, list):
        return [halve(item) for item in value]
    if isinstance(value, tuple):
        return tuple(halve(item) for item in value)
    return value


def without_places(config: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a training with only the names of its files, not where they lay on the machine that did it."""
    return {k: v.rpartition("/")[2] if isinstance(v, str) and "/" in v else v for k, v in config.items()}


def compact(source: Path, target: Path) -> int:
    """Writes the shipped form of one model file; returns its size in bytes."""
    state = torch.load(source, map_location="cpu", weights_only=True)
    kept = {key: value for key, value in state.items() if key not in _TRAINING_STATE}
    if state.get("model_type") is not None:
        # Stanza's parser wants to find these, whatever is in them.
        kept |= {"global_step": 0, "last_best_step": 0, "dev_score_history": []}
    if isinstance(kept.get("config"), dict):
        kept["config"] = without_places(kept["config"])
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save(halve(kept), target)
    return target.stat().st_size


def compact_all(source: Path, target: Path) -> int:
    """Compacts every `PROCESSOR/PACKAGE.pt` below `source`; returns the size of all in bytes."""
    return sum(compact(path, target / path.relative_to(source)) for path in sorted(source.rglob("*.pt")))
