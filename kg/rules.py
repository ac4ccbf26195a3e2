"""Rules: data files -> frozen rules, checked against the inventory, indexed by the forms of their triggers.

A rule says which relation a trigger (a verb, or a noun) states, and in which *slots* its subject and object stand. The
first slot of the list that is filled with an entity of the right type is taken. Slots:

    subj, obj        the subject and the object of a verb
    gen, gen2        the first and the second unit that follow a noun without a preposition, or its possessive pronoun
    agent            the unit before a verbal noun that does it (قرار ترامب بالانسحاب، إن على ماكرون زيارة)
    adj              nisbas that modify a noun (العقوبات الأميركية)
    host, host_obj   the subject and the object of the verb that governs the noun (أجرى محادثات), or of the governing clause
    host_of          whose the subject of that verb is (شنت طائرات إسرائيلية غارات)
    obj_in           what the object lies in that is no entity, behind a subject that stands first (فلان هاجم قاعدة في)
    patient, victim  the genitive, but no pronoun (قصف إدلب); who was killed, named behind the verb or right before it
    between          two or more units after بين
    apposed          the unit that the trigger is in apposition with (أرمينيا، حليف روسيا)
    next, possessor  the unit right after the trigger; what its possessive pronoun refers to
    speaker, topic   who says so; the subject of the clause that the trigger is predicate of
    self             the organ that the trigger is part of (حلفاء تركيا)
    addressed, assured, pair, peer, stage, between_him, one_between, bound, bound_to, offered, handed, spot: see kg/pairing/meetings.py
    event, inside …  see kg/pairing/gatherings.py, kg/pairing/parties.py and kg/pairing/travels.py; met, two: whom somebody met, the two of "brought them together"; traveller: whose tour it is; signers: who signs for either side; leaver, party: who leaves an agreement, and with whom it is; chair, other_chair: who heads either side at talks; those_two: whom a third joins; companions, delegates, destination: who came along on a visit, and whereto; to_visit, guest: what somebody is invited to visit, and who is; home: the
                     state that the speaker stands for
    named            who is named behind "who did it is" (المسؤول عنه هو فلان)
    that             the subject of the clause behind "that" (مزاعم بولندا بأن روسيا)
    told             who said what is denied (ما قاله فلان)
    outrage, harmed  what the attack was on that a pronoun or "the attack" stands for (الوقوف وراءه); that the noun behind names (مسؤولة عن قتل)
    scene            what the attack was on that a sentence before tells
    struck           what the clause behind says that the attack struck (تفجيرا استهدف مسجدا في)
    hit, claimed     the same, of a noun of attack (قصف استهدف قرية في); of the attack that a pronoun stands for (تبنته)
    seized           who was arrested, where nobody is said to have done it (اعتقل فلان في)
    envoys           the states whose ambassadors are told of the expulsion (أبلغت سفراء … بطرد دبلوماسيين)
    must             of whom the speaker says that it is for him to act (على روسيا أن)
    obliged          the same, where he is named before it (روسيا يجب أن)
    to_act           the subject of what is asked for (طالب بأن تفتح روسيا)
    if, judged       whose deed is a condition (سترد إذا فرضت), is judged behind "that" (إن قرار ترامب خاطئ)
    provoker         who did something to the subject that it answers (توعدت بالرد)
    deed             who did what is named alone and told before (رفض القرار)
    described        whom a description behind the name is of (فلان، الداعية المعارض لـ)
    doer             who is to do the deed, by the word that governs it (اتهمه بقصف، يعتزم إرسال); such a rule states claims alone, never
    doer_alone       an edge; the same of a deed that does not name its own doer (انسحاب, but not انسحاب فلان)
    accuser          who accuses the subject, in the same sentence or the one before
    مع، إلى، …       a preposition (see kg/syntax/clauses.py)

`~` after a slot lets it be seen through a noun that is no entity (قلقه إزاء الأحداث في أفغانستان); `^` wants it so
(قتل في غارة أمريكية).

`requires` are words of which one must stand near the trigger, `unless` words of which none may; `under` and `not_under` the
same for the word right before it.

`to` are nouns of which one must stand right behind a "to" or "for" (دعا فلانا إلى زيارة).

`heads` are nouns through which alone the subject or the object may be seen, `subject_heads` such of the subject only, and
`not_heads` those through which neither may be.

`deed` are verbs above the trigger with which it is done: who decides on sanctions imposes them, who orders diplomats to
leave expels them.

`alleged` rules state claims alone as those of `doer` do, put at a distance (as to come, if `ahead`) where nothing else is said.

`ahead` says that the deed is to come unless the verb is in the past: "begins a tour that takes in", "agreed to meet".

Each rule carries at least two sentences that it must match, with the pair that it must state, and one that it must not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kg import files
from kg.arabic import fold, fold_word
from kg.errors import DataError
from kg.inventory import RELATIONS
from kg.language.morphology import (
    conjugate,
    first_pasts,
    first_persons,
    jussives,
    noun_forms,
    participles,
    pasts,
)
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.syntax.repair import Verbs
from kg.tables import Row, read_toml

SLOTS = frozenset(
    {
        "subj", "obj", "gen", "gen2", "agent", "adj", "host", "host_obj", "host_of", "obj_in", "patient", "victim", "between", "apposed", "next", "possessor", "speaker", "topic",
        "على_must", "ل_agent", "ل_target",
        "مع", "ب", "ل", "إلى", "على", "من", "عن", "في", "ضد", "إزاء", "تجاه", "بشأن", "بحق", "خلال", "بواسطة", "بدعوة", "حيال",
        "أمام", "بحضور", "بقيادة", "لدى", "بعد", "تحت", "accuser", "self", "scene", "struck", "hit", "claimed", "seized", "envoys", "that", "told", "described", "must", "obliged", "named", "to_act", "if", "judged", "deed", "provoker", "إلى جانب", "برفقة",
        "inside", "sides", "attending", "occasion", "gathering", "listed", "members", "both", "main", "where", "owned", "led", "event", "leaders", "them", "escort", "him",
        "doer", "doer_alone", "outrage", "harmed", "met", "two", "chair", "other_chair", "those_two", "companions", "delegates", "destination", "to_visit", "guest", "home", "traveller", "signers", "leaver", "party", "addressed", "pair", "peer", "between_him", "one_between", "bound", "bound_to", "offered", "handed", "spot", "assured", "stage",
    }
)  # fmt: skip
# Slots of who is to do a deed: rules that have them state claims, never edges.
DOERS = frozenset({"doer", "doer_alone"})
# Relations of words: who speaks in the first person does them, and envoys and bodies speak for their states.
WORDS = frozenset({"accused", "denied_accusation_of", "called_on", "warned", "opposes", "supports", "condemned", "threatens", "expressed_concern_about"})


# Relations of contact, which "we met, we discussed" states of who says so.
CONTACTS = frozenset({"met_with", "spoke_with", "negotiated_with", "visited", "agreed_with"})


class Example(Row):
    """A sentence of a rule's own tests, and the names of the pair that the rule states, or must not state, in it; without
    a pair the rule must state nothing at all."""

    sentence: str = Field(min_length=8)
    subject: str = ""
    object: str = ""


_EXAMPLE = re.compile(r"([^|]+?)(?: \|\| ([^|>]+?) > ([^|>]+))?")


def examples(lines: object) -> object:
    """`sentence || subject > object`, or a sentence alone, as `Example`s; for the schemas of rules."""
    if not isinstance(lines, list):
        return lines
    return tuple(_example(line) for line in lines)


def _example(line: object) -> object:
    parts = _EXAMPLE.fullmatch(line) if isinstance(line, str) else None
    if not parts:
        raise ValueError("an example is `sentence` or `sentence || subject > object`")
    return Example(sentence=parts[1], subject=parts[2] or "", object=parts[3] or "")


_WORDS = shipped("slots")


class RuleRow(Row):
    """One rule, as it stands in a data file."""

    id: str
    relation: str
    gloss: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: tuple[EntityType, ...] = ()
    object_types: tuple[EntityType, ...] = ()
    host: tuple[str, ...] = ()
    not_host: tuple[str, ...] = ()
    deed: tuple[str, ...] = ()
    standing: bool = False
    alleged: bool = False
    heads: tuple[str, ...] = ()
    subject_heads: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    not_heads: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    requires_if: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unless: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    reciprocal: bool = False
    foreign: bool = False
    place: bool = False
    event: bool = False
    ahead: bool = False
    together: tuple[str, ...] = ()
    confidence: float = 0.9
    match: Annotated[tuple[Example, ...], BeforeValidator(examples), Field(min_length=2)]
    no_match: Annotated[tuple[Example, ...], BeforeValidator(examples), Field(min_length=1)]

    @property
    def claims_alone(self) -> bool:
        """It states claims, never edges."""
        return self.alleged or bool(DOERS & set(self.subject))


class CueRow(Row):
    """Words that say how a claim is put; see `kg/data/rules/stance.toml`."""

    id: str
    says: Literal["negated", "denied", "planned", "hypothetical", "requested", "reported", "there"]
    where: Literal["before", "governor", "modifier", "presupposing"]
    gloss: str
    verbs: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    other: tuple[str, ...] = ()  # forms of the verbs that are nearly always another word: تمكن (managed to), of أمكن
    as_verb: tuple[str, ...] = ()  # forms that are cues only where the analysis takes them for a verb: أمر (ordered, a matter)


class ControlRow(Row):
    """Words that govern a deed, and the slots of who is to do it; see `kg/data/rules/controls.toml`."""

    id: str
    gloss: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    by: tuple[str, ...]
    of_verb: tuple[str, ...]
    of_noun: tuple[str, ...] = ()
    says: Literal["", "planned", "reported"] = ""

    @property
    def another(self) -> bool:
        """The doer is not the subject of the word: accused, asked somebody."""
        return "subj" not in self.of_verb


@dataclass(frozen=True, slots=True)
class Trigger:
    """One form of a rule's trigger: `phrase` is what must follow it, `verb` its citation form (empty for a noun); `short` for
    a form that it has behind "not" alone."""

    rule: RuleRow
    verb: str
    phrase: tuple[str, ...] = ()
    participle: bool = False
    short: bool = False


@dataclass(frozen=True)
class RuleSet:
    """The rules and cues, by the folded form of their first word."""

    rules: tuple[RuleRow, ...]
    triggers: Mapping[str, tuple[Trigger, ...]]
    hosts: Mapping[str, frozenset[str]]  # rule id -> forms of the verbs that its noun may hang on
    not_hosts: Mapping[str, frozenset[str]]  # rule id -> forms of the verbs that it may not hang on
    deeds: Mapping[str, frozenset[str]]  # rule id -> forms of the verbs that do what they decide on or order
    cues: Mapping[str, Mapping[str, str]]  # where -> form -> what it says
    speech: frozenset[str]
    support: frozenset[str]
    imposing: frozenset[str]  # forms of verbs of what laws and resolutions do
    receiving: frozenset[str]  # forms of verbs whose subject gets what the noun is
    first: frozenset[str]  # forms that say "I" or "we"
    controls: Mapping[str, tuple[ControlRow, ...]]  # form -> the rows of verbs that govern a deed, and their participles
    control_nouns: Mapping[str, tuple[ControlRow, ...]]  # the same of nouns
    verbs: Verbs

    @cached_property
    def worded(self) -> frozenset[str]:
        """Forms of the verbs by which the rules read words and support."""
        relations = WORDS | {"supports"}
        stating = {form for form, triggers in self.triggers.items() for t in triggers if t.verb and not t.participle and t.rule.relation in relations}
        return frozenset(stating)


class _SpeechRow(Row):
    id: str
    gloss: str
    verbs: tuple[str, ...]
    other: tuple[str, ...] = ()  # as in a cue


def load(folder: Path = files.RULES) -> RuleSet:
    """The rules of a folder. Raises DataError where a rule breaks the schema, repeats an id or names what is not there."""
    rules = tuple(row for path in _rule_files(folder) for row in read_toml(path, "rule", RuleRow))
    _check(rules)
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for rule in rules:
        for form, trigger in _triggers(rule):
            triggers[form].append(trigger)
    spoken = read_toml(folder / "verbs.toml", "verbs", _SpeechRow)
    verbs = {row.id: row.verbs for row in spoken}
    cues = read_toml(folder / "stance.toml", "cue", CueRow)
    controls = read_toml(folder / "controls.toml", "control", ControlRow)
    other = frozenset(fold(word) for words in [*(c.other for c in cues), *(s.other for s in spoken)] for word in words)
    return RuleSet(
        rules=rules,
        triggers={form: _unique(found) for form, found in triggers.items()},
        hosts={rule.id: _forms(rule.host) | _participles(rule.host) for rule in rules if rule.host},
        not_hosts={rule.id: _forms(rule.not_host) for rule in rules if rule.not_host},
        deeds={rule.id: _forms(rule.deed) for rule in rules if rule.deed},
        cues=_cues(cues),
        speech=(_forms(verbs["speech"]) | _participles(verbs["speech"])) - other,
        support=_forms(verbs["support"]),
        imposing=_forms(verbs["imposing"]),
        receiving=_forms(verbs["receiving"]),
        first=_first_persons(rules) | _first_pasts((*(v for rule in rules if rule.relation in CONTACTS for v in rule.verbs), *verbs["support"])),
        controls=_by_form((row, (_forms(row.verbs) | _participles(row.verbs)) - other) for row in controls),
        control_nouns=_by_form((row, frozenset(f for noun in row.nouns for f in noun_forms(noun))) for row in controls),
        verbs=_verbs(rules, [*verbs["speech"], *verbs["support"], *(v for cue in cues for v in cue.verbs), *(v for row in controls for v in row.verbs)]),
    )


def _first_persons(rules: Iterable[RuleRow]) -> frozenset[str]:
    """The first persons of the verbs of words which are no past of any verb: ندعو, أطالب, but neither أدان nor نفى."""
    rules = tuple(rules)
    own = frozenset(form for rule in rules if rule.relation in WORDS for verb in rule.verbs for form in first_persons(verb.split()[1]))
    past = frozenset(form for rule in rules for verb in (*rule.verbs, *rule.host) for form in pasts(verb.split()[0]))
    return frozenset(form for form in own if form not in past or form.endswith("عو"))


def _first_pasts(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in first_pasts(verb.split()[0]))


def _verbs(rules: Iterable[RuleRow], others: Iterable[str]) -> Verbs:
    rules = tuple(rules)
    entries = [entry for rule in rules for entry in (*rule.verbs, *rule.host)] + [v for v in others if " " in v]
    nouns = frozenset(form for rule in rules for noun in rule.nouns for form in noun_forms(noun.split()[0]))
    return Verbs(
        _forms(entries),
        frozenset(fold_word(entry.split()[0]) for entry in entries),
        nouns,
        frozenset(f for rule in rules for f in _participles(rule.verbs) if len(f) > 4),
        _first_persons(rules),
    )


@lru_cache(maxsize=1)
def shipped_rules() -> RuleSet:
    """The rules that come with the package, loaded once a process."""
    return load()


def _unique(found: Iterable[Trigger]) -> tuple[Trigger, ...]:
    return tuple({(t.rule.id, t.verb, t.phrase, t.participle): t for t in found}.values())


def _rule_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.toml")) if path.stem not in {"stance", "verbs", "controls"}]


def _check(rules: Iterable[RuleRow]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise DataError(f"rules: the id {rule.id!r} stands twice; give one of the rules another")
        seen.add(rule.id)
        if rule.relation not in RELATIONS:
            raise DataError(f"rule {rule.id}: unknown relation {rule.relation!r}; allowed are {', '.join(sorted(RELATIONS))}")
        if unknown := [s for s in (*rule.subject, *rule.object) if s.rstrip("~^") not in SLOTS]:
            raise DataError(f"rule {rule.id}: unknown slot {unknown[0]!r}; allowed are {', '.join(sorted(SLOTS))}")
        if bare := [e.sentence for e in rule.match if not e.subject]:
            raise DataError(f"rule {rule.id}: the example {bare[0]!r} must name its pair: sentence || subject > object")
        if lone := [v for v in (*rule.verbs, *rule.host, *rule.not_host, *rule.deed) if len(v.split()) != 2]:
            raise DataError(f"rule {rule.id}: write the verb {lone[0]!r} as its past and its present: زار يزور")
        if not rule.verbs and not rule.nouns:
            raise DataError(f"rule {rule.id}: give verbs or nouns as triggers")


def _triggers(rule: RuleRow) -> Iterable[tuple[str, Trigger]]:
    for entry in rule.verbs:
        past, _, present = entry.partition(" ")
        forms = conjugate(past, present or past)
        for form in forms | first_persons(present) if rule.relation in WORDS else forms:
            yield form, Trigger(rule, past, short=form in jussives(present or past))
        for form in first_pasts(past) - forms if rule.relation in CONTACTS else ():
            yield form, Trigger(rule, past)
        for form in participles(past, present or past) - _WORDS["no_participles"]:
            yield form, Trigger(rule, past, participle=True)
    for noun in rule.nouns:
        first, *rest = noun.split()
        for form in noun_forms(first):
            yield form, Trigger(rule, "", tuple(fold_word(word) for word in rest))


def _forms(verbs: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for entry in verbs:
        past, _, present = entry.partition(" ")
        found |= conjugate(past, present) if present else {fold_word(past)}
    return frozenset(found)


def _participles(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(f for entry in verbs for f in participles(*entry.split()))


def _by_form(found: Iterable[tuple[ControlRow, Iterable[str]]]) -> dict[str, tuple[ControlRow, ...]]:
    rows: dict[str, list[ControlRow]] = defaultdict(list)
    for row, forms in found:
        for form in forms:
            rows[form].append(row)
    return {form: tuple(of) for form, of in rows.items()}


def _cues(rows: Iterable[CueRow]) -> dict[str, dict[str, str]]:
    cues: dict[str, dict[str, str]] = {"before": {}, "governor": {}, "modifier": {}, "presupposing": {}, "presupposing verb": {}, "as verb": {}}
    for row in rows:
        table = cues[row.where]
        for form in row.forms:
            table.setdefault(fold(form), row.says)
            if row.where in {"governor", "presupposing"} and " " not in form:
                for inflected in noun_forms(form):
                    table.setdefault(inflected, row.says)
        verbal = cues.get(f"{row.where} verb", table)
        forms = _forms(row.verbs) | frozenset(f for v in row.verbs if " " in v for f in participles(*v.split()))
        for form in forms - {fold(word) for word in row.other}:
            verbal.setdefault(form, row.says)
        cues["as verb"].update(dict.fromkeys(map(fold, row.as_verb), row.says))
    return cues
