"""What fills the slots of a trigger, and how slots are filled from arguments and from the tree: the ground of kg/slots/frames.py.

The arguments of a token are read in the order of words (kg/syntax/clauses.py) and compared with the dependency tree, as the structural
patterns of `kg/data/rules/patterns/slots.toml` find it with spaCy's `DependencyMatcher`. Where both agree a filler is sure; where only
one says something it is less so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.matcher import DependencyMatcher
from spacy.vocab import Vocab

from kg import files
from kg.arabic import bare
from kg.language.morphology import is_feminine
from kg.language.particles import COMMAS, DELEGATIONS, ENVOYS, RELATIVES, SOIL, UNDERGOING
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.rules import RuleSet
from kg.syntax import members
from kg.syntax.clauses import Argument, Reading, Unit
from kg.tables import Row, read_toml

_WORDS = shipped("slots")
AGREED, BY_ORDER, BY_TREE, THROUGH, INHERITED, RESOLVED, OWNED, GUESSED = 0.95, 0.85, 0.75, 0.7, 0.8, 0.65, 0.58, 0.54
# Nouns that "of" follows as a genitive would: "fighters of", "officials of".
_PARTITIVE = _WORDS["partitive"]
# Those who are sent to talks, "of" those who sent them.
_SENT = _WORDS["sent"]
# Nouns that a "between" behind them belongs to.
_RELATIONAL = _WORDS["relational"]
# Tokens from the one delegation to the other.
_OTHER = 24
# Verbs beside those of support whose pronoun takes up a deed of their subject.
_DOING = _WORDS["doing"]
# Bodies that a definite noun may stand right before.
_BODIES = {EntityType.ORGANIZATION, EntityType.ARMED_GROUP}
# Verbs whose object is where somebody goes, and words that open a clause of time.
GOING = _WORDS["going"]


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: coordinated units, how sure, and whether they were seen through another noun; `stands` where that
    noun is an envoy or a body that speaks for them (السفير الياباني)."""

    units: tuple[Unit, ...]
    sure: float
    through: bool = False
    head: int | None = None
    stands: bool = False
    # it stands behind a preposition of its own: "the ceasefire signed in Accra"
    loose: bool = False


@dataclass
class Frame:
    """The slots of one trigger."""

    token: int
    slots: dict[str, list[Filler]] = field(default_factory=lambda: defaultdict(list))
    host: int | None = None
    stop: int = 0
    blocked_subject: bool = False
    # a relative clause says whose the noun is: the subject of the verb around it is not
    owned: bool = False
    # its relative clause has a subject that is nobody by name
    nobody: bool = False
    # the verb of its relative clause that says whose it is
    relative: int | None = None
    # the verb says "I" or "we": who speaks does it
    first: bool = False
    # the verb tells what a draft or resolution says that is put forward
    drafted: bool = False
    # the other reading of "and threatened Japan": what stands behind the verb is its object, its subject is dropped
    alternative: Frame | None = None

    def add(self, slot: str, units: tuple[Unit, ...], sure: float, through: bool = False, head: int | None = None) -> None:
        """Puts units into a slot behind those that are there, `sure` between 0 and 1; nothing where there are none."""
        if units:
            if any(u.also for u in units):  # "the two countries" are both of them, however they were found
                units = tuple(replace(u, key=key, also=()) for u in units for key in (u.key, *u.also))
            self.slots[slot].append(Filler(units, sure, through, head))


class SlotRow(Row):
    """A structural pattern: `pattern` is spaCy's, its nodes `trigger` and `filler` are what is looked for."""

    id: str
    slot: str
    gloss: str
    pattern: tuple[dict[str, object], ...]


@lru_cache(maxsize=4)
def _matcher(vocab: Vocab) -> tuple[DependencyMatcher, Mapping[int, tuple[str, int, int]]]:
    matcher = DependencyMatcher(vocab)
    where: dict[int, tuple[str, int, int]] = {}
    for row in read_toml(files.RULES / "patterns" / "slots.toml", "slot", SlotRow):
        matcher.add(row.id, [list(row.pattern)])
        names = [node["RIGHT_ID"] for node in row.pattern]
        where[vocab.strings[row.id]] = (row.slot, names.index("trigger"), names.index("filler"))
    return matcher, where


def tree_slots(reading: Reading) -> dict[int, dict[str, list[int]]]:
    """trigger token -> slot -> filler tokens, as the dependency tree has them."""
    matcher, where = _matcher(reading.doc.vocab)
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for match, tokens in matcher(reading.doc):
        slot, trigger, filler = where[match]
        found[tokens[trigger]][slot].append(tokens[filler])
    return found


def nearest(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The first of several names, with which the verb before them agrees; all of those that one word is for (البلدان)."""
    return units[:1] if len({u.first for u in units}) > 1 else units


class Slots:
    """The slots of one article's triggers, as far as they need no other frame."""

    def __init__(self, reading: Reading, rules: RuleSet) -> None:
        self.reading = reading
        self.rules = rules
        self.tree = tree_slots(reading)
        self._verbs: dict[int, Frame] = {}
        self._nouns: dict[int, Frame] = {}

    def verb(self, i: int) -> Frame:
        """The frame of the verb (or participle) at token `i`."""
        raise NotImplementedError

    def _close(self, head: int, at: int) -> bool:
        """Nothing but adjectives of the noun stands between."""
        return all(self.reading.pos(k) in {"ADJ", "NUM", "DET", "PRON", "PUNCT", "X", "PROPN", ""} for k in range(head + 1, at))

    def _put(self, frame: Frame, slot: str, units: tuple[Unit, ...], i: int) -> None:
        frame.add(slot, units, AGREED if self._in_tree(i, slot, units) else BY_ORDER)

    def _bare(self, frame: Frame, slot: str, bare: list[Argument], n: int) -> None:
        if n >= len(bare):
            return
        argument = bare[n]
        if argument.units:
            self._put(frame, slot, argument.units, frame.token)
        elif owner := self._owner(argument):
            frame.add(slot, (owner,), OWNED, through=True, head=argument.head)
        elif argument.of or argument.adjectives:
            units, stands = argument.of or argument.adjectives, self._envoy(argument.head)
            frame.slots[slot].append(Filler(units, THROUGH, True, argument.head, stands))
        elif voice := self._voice(argument.head):
            frame.slots[slot].append(Filler((voice,), THROUGH, True, argument.head, True))
        elif slot == "obj" and (units := self.whose(argument.head)):
            frame.add(slot, units, THROUGH, through=True, head=argument.head)

    def whose(self, head: int | None) -> tuple[Unit, ...]:
        """Who a relative clause says the noun is of: "the decision that Trump took", "the deadline that London set"."""
        r = self.reading
        if head is None:
            return ()
        if not r.norm(head).startswith("ال"):
            return self._doer(head)
        k = head + 1
        while r.pos(k) in {"ADJ", "PUNCT"} and k < head + 4:
            k += 1
        if r.norm(k) not in RELATIVES:
            return ()
        k += 1
        while r.norm(k) in {"كان", "كانت", "قد", "س", "سوف"}:
            k += 1
        if r.pos(k) != "VERB" or k == head or r.norm(k) in UNDERGOING or (r.norm(k + 1) in {"خلال", "في"} and r.pos(k + 2) == "PRON"):
            return ()  # the raid in which he was killed is not his
        found = [f for f in self.verb(k).slots.get("subj", []) if (not f.through or f.stands) and f.units[0].first > k]
        return found[0].units if found else ()

    def _doer(self, head: int) -> tuple[Unit, ...]:
        """Who does what an indefinite noun says, by the verb behind it whose pronoun takes it up: أي خطوات تتخذها الصين."""
        r = self.reading
        k = head + 1
        while (r.pos(k) in {"ADJ", "NOUN"} and k not in r.unit_at and k < head + 3) or r.norm(k) in {"كان", "كانت", "قد"}:
            k += 1
        if r.pos(k) != "VERB" or not (r.norm(k) in self.rules.support or r.norm(k) in _DOING) or r.surface(k) == r.norm(k):
            return ()
        found = [f for f in self.verb(k).slots.get("subj", []) if (not f.through or f.stands) and f.units[0].first > k]
        return found[0].units if found else ()

    def _envoy(self, head: int | None) -> bool:
        """The noun is an envoy or a body of state, and no former one."""
        r = self.reading
        if head is None or bare(r.norm(head)) not in ENVOYS:
            return False
        return not any(bare(r.norm(k)) in _WORDS["former"] for k in range(head + 1, head + 5))

    def _without_asides(self, bare: list[Argument]) -> list[Argument]:
        """Bare arguments without a name between commas behind another's title (X, the adviser of the president, Z, warned Y), and
        without a definite noun right before the body that it is another word for (الفصائل المعارضة السورية)."""
        r = self.reading
        found = list(bare)
        for n in range(len(bare) - 2, 0, -1):
            aside, behind, before = bare[n], bare[n + 1], bare[n - 1]
            if not behind.units or not before.units:
                continue
            first = behind.units[0].first
            between = bool(aside.units) and aside.units[-1].last == first - 1 and {r.doc[aside.at - 1].text, r.doc[first - 1].text} <= COMMAS
            definite = aside.head == first - 1 and not (aside.of or aside.adjectives) and r.norm(aside.head).startswith("ال")
            if (between and not behind.units[0].prefix) or (definite and behind.units[0].type in _BODIES):
                del found[n]
        return found

    def _both_behind(self, arguments: list[Argument], bare: list[Argument], i: int) -> bool:
        """Subject and object both stand behind the verb of a relative clause, and a pronoun behind them takes up what it is about."""
        if len(bare) < 2 or not bare[0].units or not bare[1].units or self._disagrees(nearest(bare[0].units), i):
            return False
        return any(a.prep and a.pronoun is not None and a.at > bare[1].at for a in arguments)

    def _voice(self, head: int | None) -> Unit | None:
        return self.reading.in_name_of(head) if head is not None and self._envoy(head) else None

    def _owner(self, argument: Argument) -> Unit | None:
        """Whose the noun is that a possessive pronoun follows: قواتها."""
        if argument.head is None or argument.pronoun is None or argument.of:
            return None
        return self.reading.antecedent(argument.pronoun)

    def _in_tree(self, i: int, slot: str, units: tuple[Unit, ...]) -> bool:
        return any(u.first <= k < u.last for k in self.tree.get(i, {}).get(slot, []) for u in units)

    def _from_tree(self, frame: Frame, i: int) -> None:
        """Fillers that only the tree has, for slots that the order of words left empty."""
        for slot, tokens in self.tree.get(i, {}).items():
            if frame.slots.get(slot) or (slot == "subj" and frame.blocked_subject):
                continue
            for k in tokens:
                unit = self.reading.unit_at.get(k)
                if unit and not unit.adjective:
                    _, end = self.reading.bounds(k)
                    frame.add(slot, self.reading.group(unit, end)[0], BY_TREE)

    def _disagrees(self, units: tuple[Unit, ...], i: int) -> bool:
        """The verb's gender forbids the unit as its subject: a masculine verb before a feminine name, or the reverse."""
        if units[0].type is EntityType.PLACE and units[0].first > i and self.reading.norm(i) in GOING and not units[0].organ:
            return True  # a town does not visit, nor leave: بعدما زار القاهرة
        if len(units) > 1:
            return False
        feminine = units[0].feminine
        if feminine is None:
            return False
        return self.feminine(i) != feminine and self.reading.pos(i) == "VERB"

    def feminine(self, i: int) -> bool:
        """The verb is feminine by its form; تبنى and توجه are masculine pasts for all their ت."""
        form = self.reading.norm(i)
        if form.startswith("ت") and form in self.rules.verbs.forms and form not in self.rules.verbs.pasts:
            return True
        if form in self.rules.verbs.pasts and "Aspect=Imp" not in str(self.reading.doc[i].morph):
            return False
        return is_feminine(form)

    def _noun_before(self, i: int, begin: int) -> bool:
        """A noun that is no entity stands right before the verb: its subject, or what its clause belongs to."""
        r = self.reading
        if self._led(i):
            return False
        k = i - 1
        while k >= begin and (r.pos(k) in {"ADJ", "AUX", "PART"} or (k in r.unit_at and r.unit_at[k].adjective)):
            k -= 1
        return k >= begin and r.pos(k) == "NOUN" and k not in r.unit_at and not r.is_adverb(k)

    def _led(self, i: int) -> bool:
        """An "and" is written onto the verb that the analysis has not split off."""
        return self.reading.doc[i].text.startswith("و") and not self.reading.norm(i).startswith("و")

    def _prepositional(self, frame: Frame, arguments: list[Argument]) -> None:
        for n, argument in enumerate(arguments):
            if not argument.prep or argument.prep == "adj":
                continue
            if argument.prep == "بين":
                if not self._belongs_elsewhere(arguments[:n], frame.token):
                    self._between(frame, arguments, n)
                continue
            slot = argument.prep
            following = arguments[n + 1] if n + 1 < len(arguments) else None
            if slot == "ل" and self._noun_of(arguments[n - 1] if n else None, argument.at, frame.token):
                continue
            if argument.units:
                if argument.units[0].type is EntityType.TOPIC and following and following.prep in {"في", "ب"} and following.units:
                    frame.add(slot, following.units, THROUGH, through=True)
                frame.add(slot, argument.units, AGREED)
            elif argument.pronoun is not None and argument.head is None:
                for unit in self.reading.antecedents(argument.pronoun, near=True):
                    frame.add(slot, (unit,), RESOLVED)
            elif argument.head is not None:
                if argument.of:
                    frame.add(slot, argument.of, THROUGH, through=True, head=argument.head)
                if argument.adjectives:
                    land = self.reading.norm(argument.head) in SOIL
                    frame.slots[slot].append(Filler(argument.adjectives, THROUGH, True, argument.head, loose=land))
                if not argument.of and not argument.adjectives and (units := self.whose(argument.head)):
                    frame.add(slot, units, THROUGH, through=True, head=argument.head)
                within = {"في", "ب", "ل"} | ({"من"} if bare(self.reading.norm(argument.head)) in _PARTITIVE else set())
                if following and following.prep in within and following.units:
                    frame.slots[slot].append(Filler(following.units, THROUGH, True, argument.head, loose=following.prep == "في"))

    def _noun_of(self, before: Argument | None, at: int, token: int) -> bool:
        """A "to" right behind an indefinite noun that has a preposition of its own says whose that is: "over statements of X"."""
        r = self.reading
        if before is None or before.prep in {"", "adj"} or before.head is None or before.of or before.pronoun is not None:
            return False
        definite = r.norm(before.head).startswith("ال") or before.adjectives or r.is_adverb(before.head)
        return r.pos(token) == "VERB" and r.pos(before.head - 1) == "ADP" and not definite and self._close(before.head, at)

    def _belongs_elsewhere(self, before: list[Argument], token: int) -> bool:
        """A "between" behind another noun that relates two sides belongs to that noun; behind its genitive (an agreement of
        cooperation between) it is of both."""
        r = self.reading
        heads = [a.head for a in before if a.head is not None and not (a.head == token + 1 and r.pos(token) == "NOUN") and r.doc[a.head - 1].text != "/"]  # آذار/مارس
        return any(head in _RELATIONAL or head in self.rules.triggers for head in (r.norm(k).removeprefix("ال") for k in heads))

    def _between(self, frame: Frame, arguments: list[Argument], n: int) -> None:
        """ "Between X and the six powers (A, B and C)": X and each of the others; else all of one group."""
        argument = arguments[n]
        following = next((a for a in arguments[n + 1 :] if a.prep == "بين" and (a is arguments[n + 1] or self._and_between(a.at))), None)
        if argument.pronoun is not None and self.reading.norm(argument.pronoun) == "هما" and (pair := self.reading.pair(argument.pronoun)):
            frame.add("between", pair, RESOLVED)  # the agreement between them
        sent = arguments[n + 1] if n + 1 < len(arguments) and argument.head is not None and not argument.of else None
        if sent and sent.prep in {"عن", "من", "ل"} and len(sent.units) > 1 and bare(self.reading.norm(argument.head or 0)) in _SENT:
            frame.add("between", sent.units, BY_ORDER)  # between envoys of X and Y
        if delegations := self._delegations(argument):
            for pair in delegations:
                frame.add("between", pair, BY_ORDER)
            return
        more = (following.units or following.of or following.adjectives) if following else ()
        if len(argument.units) > 1 and not more and (group := members.of_group(self.reading, argument.units[-1])):
            for unit in argument.units[:-1]:
                for other in (argument.units[-1], *group):
                    frame.add("between", (unit, other), BY_ORDER)
        elif argument.units and (more := more or members.powers(self.reading, argument.units[-1].last)):
            for unit in argument.units:
                for other in more:
                    frame.add("between", (unit, other), BY_ORDER)
        elif len(argument.units) > 1:
            frame.add("between", argument.units, AGREED)
        elif len(argument.adjectives) > 1:
            frame.add("between", argument.adjectives, BY_ORDER)

    def _delegations(self, argument: Argument) -> list[tuple[Unit, ...]]:
        """The states and the heads of two delegations: «بين وفد روسي برئاسة فلان ووفد تركي برئاسة فلان»."""
        r = self.reading
        one = argument.units[0] if argument.units else None
        if one is None or not one.organ or r.norm(one.first) not in DELEGATIONS:
            return []
        behind = (r.unit_at[k] for k in range(one.last, min(r.bounds(one.first)[1], one.last + _OTHER)) if k in r.unit_at)
        two = next((u for u in behind if u.organ and r.norm(u.first) in DELEGATIONS and r.norm(u.first - 1) in {"و", "بين"}), None)
        heads = [self._head_of(u) for u in (one, two)] if two else []
        pairs = [(one, two)] if two else []
        return [*pairs, *([(heads[0], heads[1])] if heads and heads[0] and heads[1] else [])]

    def _head_of(self, unit: Unit) -> Unit | None:
        """Who leads the delegation that is named so: وفد روسي برئاسة فلان."""
        r = self.reading
        k = unit.last + (r.norm(unit.last) == "ب")
        if r.norm(k).removeprefix("ب") not in {"رياسه", "قياده", "زعامه"}:
            return None
        person = r.unit_at.get(k + 1)
        return person if person and person.type is EntityType.PERSON and not person.adjective else None

    def _and_between(self, k: int) -> bool:
        """ "Between X with the help of Y and between Z": the second "between" at token `k`."""
        r = self.reading
        return any(r.norm(m) == "بين" and r.norm(m - 1) == "و" for m in (k, k - 1))

    def _in_relative(self, verb: int, i: int) -> bool:
        """The verb stands in a relative clause that has ended before token `i`: "the coalition which X leads, from striking"."""
        r = self.reading
        relative = any(r.norm(k) in RELATIVES for k in range(max(0, verb - 2), verb)) or (r.norm(verb - 1) == "ما" and r.norm(verb - 2) in {"ب", "عن", "علي", "من"})
        # في رسالة نشرتها صحيفة: behind an indefinite noun the pronoun makes the relative clause
        relative = relative or (self._noun_before(verb, max(0, verb - 4)) and not r.norm(verb - 1).startswith("ال") and r.owned(verb))
        return relative and any(r.doc[k].text in {"،", ",", "-"} for k in range(verb, i))

    def _closed(self, k: int, i: int) -> bool:
        return any(self.reading.doc[m].text in {"،", ",", "-"} for m in range(k, i))
