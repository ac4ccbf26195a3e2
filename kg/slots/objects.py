"""What a verb does and is done to: the objects of verbs that pronouns stand for, that a noun is seen through, that stand before their subject."""

from __future__ import annotations

from kg.arabic import bare as without_article
from kg.arabic import fold_word
from kg.language.particles import COMMAS, RELATIVES, SOIL
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.slots.nominal import Nominal
from kg.slots.slots import GOING, RESOLVED, THROUGH, Filler, Frame, nearest
from kg.slots.subjects import GROUND
from kg.syntax.clauses import Argument, Unit

_WORDS = shipped("slots")
# Who acts, and what is attended, opened or signed and does not.
_ACTORS = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# Verbs of what is done with a meeting or a pact: chaired, attended, opened, hosted, signed; a summit brings together, and condemns.
_HELD = _WORDS["held"]


class Objects(Nominal):
    """Finds the objects of verbs."""

    def _glued_object(self, frame: Frame, i: int) -> None:
        """The pronoun of a verb that the analysis left unsplit (ودعاها): for the nearest before that agrees and does not act."""
        r = self.reading
        written = r.surface(i)
        if r.pos(i) != "VERB" or written == r.norm(i) or r.norm(i - 1) in RELATIVES | {"ما"}:
            return
        ending = next((e for e in ("ها", "ه") if written.endswith(e) and written.removesuffix(e) == r.norm(i)), "")
        if not ending:
            return
        begin, _ = r.bounds(i)
        taken = {u.key for f in frame.slots.get("subj", []) for u in f.units}
        for unit in [u for u in r.units if begin <= u.first < i and not u.adjective and u.key not in taken][::-1]:
            masculine = unit.type in {EntityType.COUNTRY, EntityType.PLACE} and unit.feminine is not False
            if unit.feminine is (ending != "ها") or (ending == "ه" and masculine) or (ending == "ها" and unit.type is EntityType.PERSON and not unit.feminine):
                continue
            frame.add("obj", (unit,), RESOLVED)
            return

    def _same_object(self, frame: Frame, i: int) -> list[Filler]:
        """What the verb before was done to, which a pronoun takes up on one that is joined to it: «اتهم المغرب الجزائر … وطالبها»."""
        r = self.reading
        begin, _ = r.bounds(i)
        subjects = {u.key for f in frame.slots.get("subj", []) for u in f.units}
        for k in range(i - 1, begin - 1, -1):
            if r.pos(k) != "VERB" or self._in_relative(k, i):
                continue
            slots = self.verb(k).slots
            if not subjects & {u.key for f in slots.get("subj", []) for u in f.units}:
                return []
            found = [f for f in slots.get("obj", []) if self._refers(i + 1, f.units) and (not f.through or f.stands) and not subjects & {u.key for u in f.units}]
            return [Filler(f.units, RESOLVED) for f in found[:1]]
        return []

    def _nobody(self, i: int, arguments: list[Argument]) -> bool:
        """The verb's pronoun is for a noun that is no entity, or for "who": ادعاءات عديدة والتي يرفضها. Where another pronoun
        takes up the noun (الذي تتهمها به) it is not."""
        if self.reading.norm(i - 1) not in RELATIVES | {"من"}:
            return False
        return not any(a.prep and a.pronoun is not None and a.head is None for a in arguments)

    def _object_word(self, i: int) -> int | None:
        """The pronoun written onto the word إيا right behind token `i`."""
        r = self.reading
        if r.norm(i + 1) in {"اياه", "اياها"}:
            return i + 1  # not split
        return i + 2 if r.norm(i + 1) == "ايا" and r.pos(i + 2) == "PRON" else None

    def _resumed(self, arguments: list[Argument], units: tuple[Unit, ...]) -> Argument | None:
        """The preposition whose pronoun takes up what a relative clause is about."""
        pronoun = {True: "ها", False: "ه"}
        for argument in arguments:
            bare = argument.pronoun is not None and argument.head is None and not argument.prep.startswith("*")
            if not argument.prep or not bare:
                continue
            if units[0].feminine is None or self.reading.norm(argument.pronoun or 0) == pronoun[units[0].feminine]:
                return argument
        return None

    def _second(self, i: int, argument: Argument) -> bool:
        """The noun is what the rules of the verb take for no object: «وحملت فلانة المسؤولية»."""
        words = {without_article(self.reading.norm(k)) for k in (argument.head or 0, argument.at)}
        return any(words & {fold_word(noun) for noun in trigger.rule.not_heads} for trigger in self.rules.triggers.get(self.reading.norm(i), ()))

    def _acted_on(self, bare: list[Argument], i: int) -> bool:
        """What stands first is a meeting, a pact, a town gone to, and does nothing; who does it stands behind."""
        if len(bare) < 2 or not bare[1].units or bare[1].units[0].type not in _ACTORS:
            return False
        town = bare[0].units[0].type is EntityType.PLACE and self.reading.norm(i) in GOING
        return town or (self.reading.norm(i) in _HELD and bare[0].units[0].type in {EntityType.EVENT, EntityType.AGREEMENT})

    def _object_behind(self, frame: Frame, bare: list[Argument], arguments: list[Argument], slot: str = "obj") -> None:
        """ "Stormed a base in the west of X": what an object that is no entity lies in or belongs to."""
        if frame.slots.get("obj") or not bare or bare[0].head is None:
            return
        following = next((a for a in arguments if a.at > bare[0].at), None)
        placed = following is not None and following.prep == "ب" and any(u.type is EntityType.PLACE and not u.organ for u in following.units)
        if not following or not (placed or following.prep in {"في", "ل", "من"}) or not self._close(bare[0].head, following.at):
            return
        some = following.prep == "من" and self.reading.norm(following.head or 0) not in SOIL
        if units := following.units or (some and (following.of or following.adjectives)):
            there = following.prep == "في" and units[0].type in GROUND and not self._envoy(bare[0].head)
            frame.slots[slot].append(Filler(units, THROUGH, True, bare[0].head, loose=there))  # "a number of Afghan targets"

    def _own_thing(self, bare: list[Argument], units: tuple[Unit, ...], i: int) -> Argument | None:
        """What belongs to those whom a relative clause is about, where another is the subject of its verb: «الرئيس الذي تنتقد فلانة سياسته»."""
        if len(bare) < 2 or not bare[0].units or len(units) > 1 or self._disagrees(nearest(bare[0].units), i):
            return None
        thing = bare[1]
        if any(self.reading.doc[k].text in COMMAS for k in range(i, thing.at)) or thing.pronoun is None or thing.head is None or thing.of or thing.units:
            return None
        own = self.reading.norm(thing.pronoun) == ("ها" if units[0].feminine else "ه")
        return thing if own and units[0].key != bare[0].units[0].key else None
