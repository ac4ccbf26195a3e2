"""What people read on a terminal: numbers with their nouns, and texts of articles that cannot turn the line around.

    counted(3, "claim")     '3 claims'
    seconds(1.0)            '1 second'
    one_line(text)          the text in one line, without characters that steer a terminal or reorder what follows
"""

from __future__ import annotations

import re

# Embeddings, overrides and isolates: left open, they turn what follows. Marks for one place (U+200E, U+200F) turn nothing.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def counted(number: int, one: str, many: str = "") -> str:
    """
    >>> counted(1, "article"), counted(1200, "article"), counted(2, "entity", "entities")
    ('1 article', '1,200 articles', '2 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def seconds(number: float) -> str:
    """
    >>> seconds(1.0), seconds(0.2), seconds(30)
    ('1 second', '0.2 seconds', '30 seconds')
    """
    return f"{number:g} second{'' if number == 1 else 's'}"


def one_line(text: str) -> str:
    r"""
    >>> one_line("a\u202eb\u2069 \x1b[31mc\nd")
    'ab [31mc d'
    """
    return _STEERS.sub(" ", _TURNS.sub("", text)).replace("  ", " ")


def printable_json(text: str) -> str:
    r"""JSON whose strings hold the same, with what would turn or steer a terminal written as an escape.

    >>> print(printable_json('"a\u202eb"'))
    "a\u202eb"
    """
    return _TURNS.sub(_escaped, re.sub("[\x7f-\x9f\u2028\u2029]", _escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
