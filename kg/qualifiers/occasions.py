"""Named events of an article: whether they are planned, were held or were cancelled, their host, place, time and participants.

What several mentions tell of one event is put together: cancelled outweighs held, held outweighs planned. Words are those of
`kg/data/lexicon/circumstances.toml`, moods those of kg/qualifiers/stance.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import Claim, Entities, EntityType, Modality, Occasion, Polarity, Status, Time
from kg.qualifiers.circumstances import Circumstances, words
from kg.qualifiers.stance import Stance, stance
from kg.qualifiers.timing import Timing
from kg.rules import RuleSet
from kg.slots.frames import Frames
from kg.syntax.clauses import Reading, Unit

# Tokens around the name of an event in which a word says what becomes of it.
NEAR = 6
_ACTING = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_WEIGHT = {None: 0, Status.SCHEDULED: 1, Status.HELD: 2, Status.CANCELLED: 3}


@dataclass(frozen=True)
class Occasions:
    """Reads the named events of one article."""

    entities: Entities
    reading: Reading
    rules: RuleSet
    frames: Frames
    timing: Timing
    circumstances: Circumstances

    def read(self, claims: Iterable[Claim]) -> tuple[Occasion, ...]:
        """The events in the order of their keys; participants also from the claims that somebody took part."""
        found: dict[str, Occasion] = {}
        for unit in self._mentions():
            told = self._told(unit)
            found[unit.key] = _joined(found[unit.key], told) if unit.key in found else told
        for claim in claims:
            if claim.relation == "participated_in" and claim.object in found and claim.polarity is Polarity.POSITIVE:
                found[claim.object] = _with(found[claim.object], claim)
        return tuple(found[key] for key in sorted(found))

    def _mentions(self) -> Iterator[Unit]:
        """The named events, and "the summit", "the conference" behind the one event of that kind that has been named."""
        r = self.reading
        named: dict[str, set[str]] = {}
        for k in range(len(r.doc)):
            unit = r.unit_at.get(k)
            if unit and unit.type is EntityType.EVENT and not unit.adjective:
                if unit.first == k:
                    named.setdefault(r.norm(k).removeprefix("ال"), set()).add(unit.key)
                    yield unit
            elif unit is None and r.norm(k) in words()["kinds"] and len(keys := named.get(r.norm(k).removeprefix("ال"), set())) == 1:
                yield Unit(k, k + 1, next(iter(keys)), EntityType.EVENT, r.span(k, k + 1), r.span(k, k + 1))

    def _told(self, unit: Unit) -> Occasion:
        if self.reading.norm(unit.first).removeprefix("ال") in words()["lasting"]:
            return Occasion(unit.key)  # a war is not held on a day
        verb = self.timing.home(unit.first)
        status = self._status(unit, verb)
        how = Stance(Polarity.POSITIVE, Modality.PLANNED) if status is Status.SCHEDULED else Stance()
        reading = self.timing.candidate(unit.first, verb, unit.last) if not self._framed(unit) else None
        time: Time | None = None
        if status is Status.CANCELLED:
            time = reading.time if reading else None
        elif status:
            time = self.timing.fits(reading, how)
        return Occasion(unit.key, status, self._host(unit, verb), self._place(unit, verb), time, tuple(self._participants(unit)))

    # -- what becomes of it -------------------------------------------------------------------------------------------------

    def _status(self, unit: Unit, verb: int | None) -> Status | None:
        r = self.reading
        begin, end = r.bounds(unit.first)
        before = {r.norm(k) for k in range(max(begin, unit.first - 3), unit.first)}
        around = before | {r.norm(k) for k in range(unit.last, min(end, unit.last + 3))}
        word = r.norm(verb) if verb is not None else ""
        if around & words()["cancellations"] or word in words()["cancels"]:
            return Status.CANCELLED
        if around & words()["postponements"] or word in words()["postpones"]:
            return Status.SCHEDULED
        if around & words()["ahead"]:
            return Status.SCHEDULED
        if before & words()["during"]:
            return Status.HELD
        if verb is None or word not in words()["holds"] or abs(verb - unit.first) > 12:
            return None
        how = stance(r, self.rules, verb, False, None)
        if how.polarity is Polarity.NEGATIVE:
            return Status.CANCELLED if word in words()["convenes"] else None
        if how.modality in {Modality.PLANNED, Modality.HYPOTHETICAL, Modality.REQUESTED}:
            return Status.SCHEDULED
        ahead = self.timing.ahead(self.timing.candidate(unit.first, verb, unit.last))
        return Status.SCHEDULED if ahead else Status.HELD

    def _framed(self, unit: Unit) -> bool:
        """ "On the sidelines of the summit": the time of the clause is that of something else."""
        r = self.reading
        begin, _ = r.bounds(unit.first)
        return any(r.norm(k) in words()["during"] for k in range(max(begin, unit.first - 2), unit.first))

    # -- host, place, participants --------------------------------------------------------------------------------------------

    def _host(self, unit: Unit, verb: int | None) -> str:
        r = self.reading
        _, end = r.bounds(unit.first)
        if verb is not None and verb < unit.first and r.norm(verb) in words()["hosts"]:
            return next((u.key for u in self._units(verb + 1, unit.first) if u.type in _ACTING or u.type is EntityType.PLACE), "")
        for k in range(unit.last, min(end, unit.last + NEAR)):
            if r.norm(k) in words()["hosts"] and r.pos(k) == "VERB":
                return next((u.key for u in self._units(k + 1, min(end, k + NEAR))), "")
        return ""

    def _place(self, unit: Unit, verb: int | None) -> str:
        """The place in its name, else behind it, else of the clause that says what becomes of it."""
        inside = [m for m in self.entities.mentions if m.span in unit.span and m.type is EntityType.PLACE and m.key != unit.key]
        if inside:
            return inside[0].key
        return self.circumstances.place(unit.last - 1, verb if verb is not None and verb < unit.first else None)

    def _participants(self, unit: Unit) -> Iterator[str]:
        """Who takes part in it, attends or chairs it; units behind "with the participation of", "which brings together"."""
        r = self.reading
        _, end = r.bounds(unit.first)
        verb = self.timing.home(unit.first)
        if verb is not None and r.norm(verb) in words()["attends"] and 0 < unit.first - verb < 8:
            for filler in self.frames.verb(verb).slots.get("subj", []):
                yield from (u.key for u in filler.units if u.type in _ACTING and not filler.through)
        for k in range(unit.last, min(end, unit.last + 16)):
            pair = r.norm(k) + r.norm(k + 1)
            step = 1 if r.norm(k) in words()["taking_part"] else 2 if pair in words()["taking_part"] else 0
            if step:
                first = next(self._units(k + step, min(end, k + step + 5)), None)
                group = r.group(first, end)[0] if first else ()
                yield from (u.key for u in group if u.type in _ACTING)
                return

    def _units(self, first: int, last: int) -> Iterator[Unit]:
        seen: set[int] = set()
        for k in range(first, last):
            unit = self.reading.unit_at.get(k)
            if unit and not unit.adjective and unit.first not in seen and unit.type is not EntityType.EVENT:
                seen.add(unit.first)
                yield unit


def _joined(one: Occasion, other: Occasion) -> Occasion:
    """Two tellings of one event: the weightier status with its time, and what either says of the rest."""
    strong, weak = (one, other) if _WEIGHT[one.status] >= _WEIGHT[other.status] else (other, one)
    return Occasion(
        one.event,
        strong.status,
        strong.host or weak.host,
        strong.place or weak.place,
        strong.time or (weak.time if weak.status in {strong.status, None} else None),
        tuple(dict.fromkeys((*one.participants, *other.participants))),
    )


def _with(occasion: Occasion, claim: Claim) -> Occasion:
    """The event with one who took part, or is to take part, in it."""
    status = occasion.status
    if status is None and claim.modality in {Modality.ASSERTED, Modality.PLANNED}:
        status = Status.HELD if claim.modality is Modality.ASSERTED else Status.SCHEDULED
    return replace(
        occasion,
        status=status,
        time=occasion.time or claim.time,
        place=occasion.place or claim.place,
        participants=tuple(dict.fromkeys((*occasion.participants, claim.subject))),
    )
