"""What the C library keeps of memory that others have let go of."""

from __future__ import annotations

import contextlib
import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def one_arena() -> None:
    """Has threads that are started from now on share one heap. Each opening of the store starts threads, and by glibc's wont
    each thread has a heap of its own, where what it has freed stays: a long export grew by that. Does nothing elsewhere."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
