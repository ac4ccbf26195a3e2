"""How far a long command has come: a bar with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import typer

# Seconds between two lines where there is no terminal.
PAUSE = 10.0


class Tell(Protocol):
    """Told how many are done, of how many (None where that cannot be known), and a word on what was met with."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None: ...


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """A function to call as the work goes on; everything goes to standard error."""
    if sys.stderr.isatty():
        with _bar(what) as tell:
            yield tell
    else:
        yield _Lines(what)


class _Lines:
    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._last = time.monotonic()

    def __call__(self, done: int, total: int | None, note: str = "") -> None:
        now = time.monotonic()
        if now - self._last < PAUSE:
            return
        self._last = now
        typer.echo(line(self._what, done, total, now - self._began, note), err=True)


def line(what: str, done: int, total: int | None, seconds: float, note: str = "") -> str:
    """
    >>> line("articles", 30, 120, 60.0, "1 skipped")
    '30 of 120 articles, 0.5 a second, 3:00 left, 1 skipped'
    >>> line("articles", 0, None, 1.0)
    '0 articles'
    """
    rate = done / seconds if seconds else 0.0
    parts = [f"{done} of {total} {what}" if total else f"{done} {what}"]
    if rate:
        parts.append(f"{rate:.1f} a second")
        if total:
            left = round(max(0, total - done) / rate)
            parts.append(f"{left // 60}:{left % 60:02d} left")
    return ", ".join([*parts, note] if note else parts)


@contextmanager
def _bar(what: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("{task.fields[note]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="loading models", note="")
        began = time.monotonic()

        def tell(done: int, total: int | None, note: str = "") -> None:
            rate = done / max(time.monotonic() - began, 0.001)
            bar.update(task, completed=done, total=total, rate=f"{rate:.1f} a second", note=note)

        yield tell
