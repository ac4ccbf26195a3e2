"""Slots that are filled from elsewhere in the text: the subject of a clause of content, who said what is denied, where the
attack was that a sentence before tells, who accuses the one that denies, and of whom a speaker says that it is for him to act.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.arabic import bare
from kg.inventory import RELATIONS
from kg.language.particles import NOT, RELATIVES, THAT
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.rules import RuleRow
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Unit

_WORDS = shipped("told")
# What somebody answers who threatens to answer.
PROVOKING = frozenset({"sanctioned", "threatens", "attacked"})
# Verbs whose subject does not act, and verbal nouns whose genitive does, behind "if" and "in case of".
_SUFFERING = _WORDS["suffering"]
_CONDITIONS = _WORDS["conditions"]
# Verbs of accusing, behind "what".
_CHARGING = _WORDS["charging"]
_ENDS = {".", "؛", "!", "؟"}
# Predicates that judge a deed.
_JUDGEMENTS = _WORDS["judgements"]
# Those of them that "not" makes one of.
_NEGATED = _WORDS["approving"]
# Deeds that are named alone where they are rejected, with the verbs that tell them.
_DEEDS = _WORDS.verbs_of("deeds")
# Tokens before a sentence in which it is looked for whose deed it was.
_DEED_REACH = 70
# What somebody denies who was accused before, wherever the text tells it.
_INVOLVEMENT = _WORDS["involvement"]
# Tokens of a description behind a name, and the indefinite words in it.
_DESCRIPTION = 12
_ONE_OF = _WORDS["one_of"]
_YEARS = _WORDS["years"]
# Tokens from «على» to what is to be done.
_LONGEST = 12


def that(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The subject of the clause that says what the words are about: مزاعم بولندا بأن روسيا."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + 9)):
        if r.norm(k) in THAT and (unit := r.unit_at.get(k + 1)) and not unit.adjective:
            return [Filler(r.group(unit, end)[0], 0.8)]
    return []


def named(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is named behind "who is responsible for it is": المسؤول عن الهجوم هو تنظيم القاعدة."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 2, min(end - 1, i + _LONGEST)):
        if r.norm(k) in {"هو", "هي", "هم"}:
            unit = r.unit_at.get(k + 1 + (r.pos(k + 1) == "NOUN" and k + 1 not in r.unit_at))  # هي حكومة فلان
            return [Filler(r.group(unit, end)[0], 0.85)] if unit and not unit.adjective else []
        if r.pos(k) == "VERB" or r.doc[k].text in _ENDS:
            return []
    return []


def conditional(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose deed the words make a condition: "will respond if X imposes", "in case of X's withdrawal", behind the trigger or
    at the head of the sentence."""
    r = pairing.reading
    begin, end = r.bounds(i)
    for k in (*range(i + 1, end), *range(begin, min(begin + 4, i))):
        if k > i and r.doc[k].text in _ENDS:
            break
        if step := _if(pairing, k):
            return _condition(pairing, k + step, end)
    return []


def _if(pairing: Pairing, k: int) -> int:
    """How many tokens of "if", "in case", "unless" stand at token `k`."""
    r = pairing.reading
    pair = r.norm(k), r.norm(k + 1)
    if " ".join(pair) in _WORDS["if_pairs"]:
        return 2
    return int(pair[0] in _WORDS["if_words"])


def _condition(pairing: Pairing, first: int, end: int) -> list[Filler]:
    """The subject of the verb, or the genitive of the verbal noun, that follows "if"."""
    r = pairing.reading
    for k in range(first, min(end, first + 4)):
        if (unit := r.unit_at.get(k)) and not unit.adjective:
            return [Filler((unit,), 0.8)] if r.norm(k - 1) in {"ان", "كان", "كانت"} else []
        if r.pos(k) == "VERB" and r.norm(k) in _SUFFERING:
            return []
        if r.pos(k) == "VERB" and r.norm(k) not in {"كان", "كانت"}:
            found = pairing.frames.verb(k).slots.get("subj", [])
            return [Filler(f.units, 0.85 * f.sure) for f in found if (not f.through or f.stands)][:1]
        if r.norm(k) in _CONDITIONS or r.norm(k - 1) == "عدم":
            found = pairing.frames.noun(k).slots.get("gen", [])
            return [Filler(f.units, 0.8) for f in found if f.units[0].first <= k + 3][:1]
    return []


def judged(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose deed is judged in the clause behind "that": اعتبر أن قرار ترامب غير قانوني. The deed stands right behind "that";
    the word of judgement, which the rule requires, is its predicate, with no other clause before it."""
    r = pairing.reading
    _, end = r.bounds(i)
    that = next((k for k in range(i + 1, min(end - 2, i + 12)) if r.norm(k) in THAT), None)
    if that is None:
        return []
    k = that + 1 + (r.doc[that + 1].text == "#")
    unit = r.unit_at.get(k)
    if unit and not unit.adjective:
        return []
    what = _what_was_done(pairing, k)
    if r.pos(k) != "NOUN" and not what:
        return []
    stop = next((m for m in range(k + 1, min(end, k + _LONGEST + 4)) if r.norm(m) in _JUDGEMENTS and m not in r.unit_at), None)
    if stop is None or any(r.norm(m) in NOT for m in range(k, stop)):
        return []
    relative = k if what else next((m for m in range(k, stop) if r.norm(m) in RELATIVES), None)
    verbs = [m for m in range(k, relative or stop) if r.pos(m) == "VERB" and r.norm(m) not in _WORDS["counting_as"]]
    if verbs or (r.norm(stop) in _NEGATED and r.norm(stop - 1) != "غير"):
        return []
    if what:
        return [Filler(f.units, 0.8) for f in what if all(u.first < stop for u in f.units)][:1]
    found = pairing.frames.noun(k).slots
    fillers = (found.get("gen") or []) + (found.get("adj") or [])
    fillers = [Filler(f.units, 0.8, True, f.head if f.through else k, f.stands) for f in fillers if f.units[0].first < stop][:1]
    if not fillers and (units := pairing.frames.whose(k)):
        fillers = [Filler(units, 0.75, True, k)]
    return fillers


def _what_was_done(pairing: Pairing, k: int) -> list[Filler]:
    """Who does what is judged, behind "what" at token `k`: «ما تفعله ميانمار عار»."""
    r = pairing.reading
    if r.norm(k) != "ما" or r.pos(k + 1) != "VERB":
        return []
    return [f for f in pairing.frames.verb(k + 1).slots.get("subj", []) if f.units[0].first > k + 1 and (not f.through or f.stands)]


def deed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who did what the trigger is about, where it names the deed alone: "rejected the decision", "condemned these remarks",
    and a sentence before tells whose decision, whose remarks it was."""
    r = pairing.reading
    if relative := _rejected(pairing, i):
        return relative
    arguments, _ = r.right(i)
    arguments = arguments[1:] if arguments and arguments[0].units and not arguments[0].prep else arguments  # its subject
    named = arguments[0] if arguments and arguments[0].prep in {"", "ب", "على", "ل"} else None
    if named is None or named.head is None or named.of or named.adjectives or named.units:
        return []
    word = r.norm(named.head)
    noun = word.removeprefix("ال")
    if noun not in _DEEDS or not (word.startswith("ال")) or r.pos(named.head + 1) == "PRON" or r.norm(named.head + 1) in RELATIVES:
        return []
    if any(u.first in range(named.head, named.head + 3) for u in r.units):
        return []
    begin, _ = r.bounds(i)
    for k in range(i - 1, max(-1, begin - _DEED_REACH), -1):
        if k in r.unit_at:
            continue
        if r.norm(k).removeprefix("ال") == noun and r.pos(k) == "NOUN":
            slots = pairing.frames.noun(k).slots
            for filler in (*slots.get("gen", []), *slots.get("adj", [])):
                return [Filler(filler.units, 0.7)]
        if r.pos(k) == "VERB" and r.norm(k) in _DEEDS[noun]:
            found = [f for f in pairing.frames.verb(k).slots.get("subj", []) if not f.through or f.stands]
            if found and (k < begin or noun not in _WORDS["utterances"]):
                return [Filler(found[0].units, 0.68)]
    return []


def _rejected(pairing: Pairing, i: int) -> list[Filler]:
    """Whose deed a relative clause says is rejected: «وهو طلب رفضته فلانة», «الأمر الذي نددت به», «حكما رفضته بكين»."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    taken_up = r.surface(i) != r.norm(i) or (r.norm(i + 1) in {"ب", "علي"} and r.pos(i + 2) == "PRON")
    k = i - 1 - (r.norm(i - 1) in {"قد", "كانت", "كان"})
    this = (r.norm(k) == "ما" and r.norm(k - 1) in {"هو", "هي"}) or (r.norm(k) == "الذي" and r.norm(k - 1) == "الامر")
    while not this and k > begin and r.pos(k) == "ADJ" and k not in r.unit_at:
        k -= 1
    noun = r.norm(k).removesuffix("ا")
    if not taken_up or not (this or (r.pos(k) == "NOUN" and (noun in _DEEDS or noun in _WORDS["taken_up"]))):
        return []
    if not this and r.norm(k - 1) not in {"هو", "هي"}:
        slots = pairing.frames.noun(k).slots
        found = [*slots.get("gen", []), *slots.get("adj", []), *slots.get("host", [])]
        return [Filler(f.units, 0.75) for f in found if all(u.first < i for u in f.units)][:1]
    for m in range(k - 2, begin - 1, -1):
        if r.pos(m) == "VERB" and (this or noun not in _DEEDS or r.norm(m) in _DEEDS[noun] or noun in _WORDS["of_any_verb"]):
            found = [f for f in pairing.frames.verb(m).slots.get("subj", []) if not f.through or f.stands]
            return [Filler(f.units, 0.75 * f.sure) for f in found][:1]
    return []


def denied(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who said what is denied, or accuses of it: نفى ما قاله فلان, ما أوردته بشكك, ما تتهمه به فلانة."""
    r = pairing.reading
    for k in range(i + 1, min(r.bounds(i)[1] - 1, i + 14)):
        if r.norm(k) == "ما" and r.norm(k + 1) in pairing.rules.speech | _CHARGING and r.pos(k + 1) == "VERB":
            arguments, _ = r.right(k + 1)
            return [Filler(a.units, 0.85) for a in arguments if a.prep == "" and a.units][:1]
    return []


def described(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The person whom a description behind the name is of: "X, the Turkish preacher opposed to", "X, one of the critics of"."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    words = 0
    for k in range(i - 1, max(begin, i - _DESCRIPTION) - 1, -1):
        unit = r.unit_at.get(k)
        if unit and not unit.adjective:
            return [Filler((unit,), 0.85)] if words and unit.type is EntityType.PERSON else []
        if unit or r.pos(k) in {"PUNCT", "NUM", "DET", ""} or r.norm(k) in _YEARS:
            continue
        if r.pos(k) not in {"NOUN", "ADJ", "X"} or not (r.norm(k).startswith("ال") or r.norm(k) in _ONE_OF):
            return []
        words += 1
    return []


def accusers(
    pairing: Pairing, rule: RuleRow, frame: Frame, i: int, relations: frozenset[str] = frozenset({"accused"})
) -> Iterator[tuple[Filler, Filler]]:
    """The one that denies and those that accuse it: in the same sentence or in the one before; where involvement is denied
    else in the nearest before those, else in the nearest behind. With other `relations` those that did such a thing to it."""
    relation = RELATIONS[rule.relation]
    denies = pairing.first(rule.subject, frame, i, relation.domain, (), rule)
    if not denies or ("accused" in relations and _said_whose(pairing, frame)):
        return
    keys = {key for u in denies[1].units for key in _sides(pairing, u, relation.domain)}
    wide = "accused" in relations and bool(pairing.window(i) & _INVOLVEMENT)
    for first, last in list(_nearest(pairing, i))[: None if wide else 1]:
        if found := [pair for k in range(first, last) if k != i for pair in _accusing(pairing, k, keys, relations)]:
            yield from ((denies[1], subjects) for subjects in found)
            return


def _said_whose(pairing: Pairing, frame: Frame) -> bool:
    """The accusations that are denied are said to be somebody's: نفت الاتهامات الهولندية."""
    told = (f for f in frame.slots.get("obj", []) if f.through and f.head is not None)
    return any(bare(pairing.reading.norm(f.head or 0)) in _WORDS["allegations"] for f in told)


def _sides(pairing: Pairing, unit: Unit, types: frozenset[EntityType]) -> set[str]:
    """Those whom an accusation of the unit may name: itself, the state that it speaks for."""
    actors = pairing.actors
    key = actors.as_(unit.key, types, unit) or unit.key
    posts = {f"ref:{row.of}" for row in actors.reference.by_person.get(unit.key.removeprefix("ref:"), ())}
    posts |= {post.of for post in actors.entities.posts if post.person == unit.key}
    return {key, *actors.states_of(unit.key), *posts, *(state for post in posts for state in actors.states_of(post))}


def _nearest(pairing: Pairing, i: int) -> Iterator[tuple[int, int]]:
    """Stretches of tokens around the sentence of token `i`, the nearest first: it with the one before, those before, those behind."""
    sents = [(sent.start, sent.end) for sent in pairing.reading.doc.sents]
    n = next(n for n, (first, last) in enumerate(sents) if first <= i < last)
    yield sents[max(0, n - 1)][0], sents[n][1]
    yield from sents[: max(0, n - 1)][::-1]
    yield from sents[n + 1 :]


def _accusing(pairing: Pairing, k: int, keys: set[str], relations: frozenset[str]) -> Iterator[Filler]:
    """Who accuses one of the keys by the word at token `k`."""
    types = RELATIONS["accused"].range
    for trigger in pairing.rules.triggers.get(pairing.reading.norm(k), ()):
        if trigger.rule.relation not in relations or "provoker" in trigger.rule.object or not pairing.fires(trigger, k):
            continue
        found = pairing.frame(trigger, k)
        if not pairing.allowed(trigger, found, k):
            continue
        pairs = list(pairing.pairs(trigger.rule, found, k))
        if not pairs and found.alternative:
            pairs = list(pairing.pairs(trigger.rule, found.alternative, k))
        for pair in pairs:
            theirs = any(keys & _sides(pairing, u, types) for u in pair.subjects.units)  # who speaks for the accused accuses him not
            if not theirs and any(pairing.actors.as_(u.key, types, u) in keys for u in pair.objects.units):
                yield pair.subjects


SLOTS = {
    "that": that,
    "told": denied,
    "described": described,
    "named": named,
    "if": conditional,
    "judged": judged,
    "deed": deed,
}
