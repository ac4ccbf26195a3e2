"""Nouns that are joined before whose they are: "positions and fortifications of X" are both of X."""

from __future__ import annotations

from dataclasses import replace

from kg.syntax.arguments import Argument
from kg.syntax.surroundings import Surroundings


def merged(reading: Surroundings, found: list[Argument]) -> list[Argument]:
    """The arguments, those nouns taken together that nothing but "and" divides and of which only the last says whose they are."""
    out: list[Argument] = []
    for n, argument in enumerate(found):
        last = out[-1] if out else None
        if last and _bare(last) and _joined(reading, last, argument) and _owned(found, n):
            out[-1] = replace(argument, prep=last.prep, at=last.at)
        else:
            out.append(argument)
    return out


def _bare(argument: Argument) -> bool:
    return argument.head is not None and not (argument.units or argument.of or argument.adjectives or argument.pronoun)


def _joined(reading: Surroundings, last: Argument, argument: Argument) -> bool:
    """The noun stands right behind the other and "and", in the same state: both definite or both not."""
    if last.head is None or argument.head is None or argument.units or argument.head != last.head + 2:
        return False
    joined = reading.norm(last.head + 1) == "و" and argument.prep in {"", last.prep}
    return joined and reading.norm(last.head).startswith("ال") == reading.norm(argument.head).startswith("ال")


def _owned(found: list[Argument], n: int) -> bool:
    """Somebody is said to have what the noun of argument `n` names."""
    head = found[n].head
    following = found[n + 1] if n + 1 < len(found) else None
    behind = following is not None and head is not None and following.prep == "ل" and following.at == head + 1
    return bool(found[n].of or found[n].adjectives or behind)
