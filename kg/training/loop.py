"""One training loop for all of Stanza's trainers that learn by steps (tokenizer, tagger, parser, names).

Stanza's own loops lower the learning rate when the development score stands still, which takes days to pay. This one is
given its number of steps beforehand: a short warm-up, then a learning rate that falls along half a cosine to nothing, and
what is scored and saved is the running average of the weights. It saves its whole state now and then, and goes on from
there after an interruption.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

log = logging.getLogger("kg.training")


@dataclass(frozen=True)
class Schedule:
    """How long and how fast: `average` is the decay of the running average of the weights (0: no average).

    `seconds` (0: no limit) ends the training at that time, the rate falling with the clock where that is faster: what a
    machine can do in an afternoon. Steps alone make a run that can be repeated.
    """

    steps: int
    rate: float
    seconds: float = 0.0
    warmup: int = 50
    average: float = 0.998
    evaluate_every: int = 500
    save_every: int = 100

    def done(self, step: int, elapsed: float) -> float:
        """How much of the training is done, from 0 to 1."""
        by_clock = elapsed / self.seconds if self.seconds else 0.0
        return min(1.0, max(step / self.steps, by_clock))

    def rate_at(self, step: int, elapsed: float) -> float:
        """The learning rate of a step, counted from 1."""
        if step <= self.warmup:
            return self.rate * step / self.warmup
        return self.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * self.done(step, elapsed))))


@dataclass(frozen=True)
class Score:
    """One look at the development set."""

    step: int
    loss: float
    score: float
    seconds: float


class Average:
    """The running average of a model's trainable weights."""

    def __init__(self, model: torch.nn.Module, decay: float) -> None:
        self.decay = decay
        self._model = model
        self.weights = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
        self.seen = 0

    def update(self) -> None:
        """Takes the model's present weights in; the first steps weigh more, so that the start is forgotten."""
        self.seen += 1
        decay = min(self.decay, self.seen / (self.seen + 10))
        with torch.no_grad():
            for name, parameter in self._model.named_parameters():
                if name in self.weights:
                    self.weights[name].lerp_(parameter, 1 - decay)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The model with the average in place of its weights."""
        if not self.decay:
            yield
            return
        kept = {n: p.detach().clone() for n, p in self._model.named_parameters() if n in self.weights}
        self._put(self.weights)
        try:
            yield
        finally:
            self._put(kept)

    def _put(self, weights: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._model.named_parameters():
                if name in weights:
                    parameter.copy_(weights[name])


@dataclass(frozen=True)
class Task:
    """What the loop trains: `update` takes a batch and returns its loss, `evaluate` returns the development score of the
    model as it is, `save` writes it to a file that Stanza loads."""

    model: torch.nn.Module
    optimizer: torch.optim.Optimizer
    batches: Iterator[Any]
    update: Callable[[Any], float]
    evaluate: Callable[[], float]
    save: Callable[[Path], None]


def train(task: Task, schedule: Schedule, target: Path) -> list[Score]:
    """Trains until the schedule ends; the best averaged model by development score lies at `target` afterwards.

    `target` + `.state` holds the state to go on from; it is removed at the end.
    """
    state_file = target.with_suffix(".state")
    average = Average(task.model, schedule.average)
    scores: list[Score] = []
    first, before = 1, 0.0
    if state_file.exists():
        first, before, scores = _resume(state_file, task, average)
        log.info("%s: going on from step %d", target.name, first)
    started, loss_sum, loss_count = time.monotonic() - before, 0.0, 0
    for step in range(first, schedule.steps + 1):
        for group in task.optimizer.param_groups:
            group["lr"] = schedule.rate_at(step, time.monotonic() - started)
        loss_sum += task.update(next(task.batches))
        loss_count += 1
        average.update()
        elapsed = time.monotonic() - started
        last = schedule.done(step, elapsed) >= 1.0
        if step % schedule.evaluate_every == 0 or last:
            with average.applied():
                score = Score(step, round(loss_sum / loss_count, 5), task.evaluate(), round(elapsed, 1))
                if not scores or score.score >= max(s.score for s in scores):
                    _write(target, task.save)
            scores.append(score)
            log.info("%s %s", target.name, json.dumps(asdict(score)))
            loss_sum, loss_count = 0.0, 0
        if step % schedule.save_every == 0 and not last:
            _save_state(state_file, step, elapsed, task, average, scores)
        if last:
            break
    state_file.unlink(missing_ok=True)
    return scores


def _write(target: Path, save: Callable[[Path], None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    save(part)
    part.replace(target)


def _save_state(path: Path, step: int, elapsed: float, task: Task, average: Average, scores: list[Score]) -> None:
    state = {
        "step": step,
        "elapsed": elapsed,
        "model": {n: p.detach() for n, p in task.model.named_parameters() if p.requires_grad},
        "optimizer": task.optimizer.state_dict(),
        "average": average.weights,
        "seen": average.seen,
        "scores": [asdict(s) for s in scores],
    }
    _write(path, lambda part: torch.save(state, part))


def _resume(path: Path, task: Task, average: Average) -> tuple[int, float, list[Score]]:
    state = torch.load(path, map_location="cpu", weights_only=True)
    with torch.no_grad():
        for name, parameter in task.model.named_parameters():
            if name in state["model"]:
                parameter.copy_(state["model"][name])
    task.optimizer.load_state_dict(state["optimizer"])
    for name, weight in average.weights.items():
        weight.copy_(state["average"][name])
    average.seen = state["seen"]
    return state["step"] + 1, state["elapsed"], [Score(**s) for s in state["scores"]]
