"""What follows or precedes a word in its clause: a preposition and what stands under it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.syntax.units import Unit


@dataclass(frozen=True, slots=True)
class Argument:
    """A preposition (or none), the units coordinated under it, and where it starts.

    `head` is the token of a noun that is no entity; `of` are then the units in the genitive after it, and
    `adjectives` the nisbas that modify it. `pronoun` is a token that must be resolved.
    """

    prep: str
    at: int
    units: tuple[Unit, ...] = ()
    head: int | None = None
    of: tuple[Unit, ...] = ()
    adjectives: tuple[Unit, ...] = ()
    pronoun: int | None = None
