"""Bytes -> text: which encoding they are in, and what of it is no text.

    decoded(data)               the text of a whole file, None where its encoding cannot be told
    encoding_of_lines(sample)   the encoding of JSON Lines, from their beginning
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from kg.arabic import is_arabic

# Half of a surrogate pair, or a control character that no XML can carry: one for one, so that offsets stay.
_UNSOUND = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decoded(data: bytes) -> str | None:
    """UTF-8 where it is that; else what the bytes most likely are (cp1256, UTF-16 …), None where nothing is likely."""
    try:
        # The letters of Arabic in UTF-16 without a mark are pairs of ASCII, every other byte of them 06: sound UTF-8.
        encoding = _likeliest(data) if 4 * data.count(6) > len(data) else "utf-8-sig"
        return newlines(data.decode(encoding or "utf-8-sig"))
    except UnicodeDecodeError:
        encoding = _likeliest(data)
    try:
        return newlines(data.decode(encoding)) if encoding else None
    except UnicodeDecodeError:
        return None


def encoding_of_lines(sample: bytes) -> str:
    """The encoding of JSON Lines, from their beginning: UTF-8 unless that is wrong long before the sample breaks off."""
    try:
        sample.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4 and (other := _likeliest(sample)):
            return other
    return "utf-8-sig"


def newlines(text: str) -> str:
    """`text` with every end of a line as one code point."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sound(text: str) -> str:
    """`text` with U+FFFD for what no text may hold, of the same length."""
    return _UNSOUND.sub("\ufffd", text)


def _likeliest(data: bytes) -> str:
    """The likeliest encoding of Arabic text that is not UTF-8; empty where none is likely."""
    best = from_bytes(data, cp_isolation=["cp1256", "utf_16", "utf_16_le", "utf_16_be", "iso8859_6"]).best()
    return best.encoding if best and is_arabic(str(best)) else ""
