"""What the slots of this package may ask of the one that pairs: `kg.pairing.pairs` calls them, and they look back at the article
through this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from kg.pairing.actors import Actors
from kg.qualifiers.attribution import Attribution
from kg.qualifiers.circumstances import Circumstances
from kg.rules import RuleRow, RuleSet, Trigger
from kg.slots.frames import Frames
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Reading


@dataclass(frozen=True, slots=True)
class Pair:
    """Subjects and objects of one claim, and whether it is a standing fact beside what the sentence says."""

    subjects: Filler
    objects: Filler
    standing: bool = False


class Pairing(Protocol):
    """One article's triggers and their pairs."""

    @property
    def reading(self) -> Reading: ...
    @property
    def rules(self) -> RuleSet: ...
    @property
    def frames(self) -> Frames: ...
    @property
    def attribution(self) -> Attribution: ...
    @property
    def actors(self) -> Actors: ...
    @property
    def circumstances(self) -> Circumstances | None: ...

    def fires(self, trigger: Trigger, i: int) -> bool:
        """The token is what the trigger needs."""

    def frame(self, trigger: Trigger, i: int) -> Frame:
        """The frame of a trigger at token `i`."""

    def allowed(self, trigger: Trigger, frame: Frame, i: int) -> bool:
        """The words that the rule asks for stand around the trigger."""

    def window(self, i: int, wide: bool = False) -> frozenset[str]:
        """The words of the trigger's clause."""

    def pairs(self, rule: RuleRow, frame: Frame, i: int) -> Iterator[Pair]:
        """What the rule states of the frame."""

    def first(self, *asked: Any) -> tuple[str, Filler] | None:
        """The first slot of several that is filled as a rule wants it."""

    def speaker(self, frame: Frame, i: int) -> list[Filler]:
        """Who says the clause."""
