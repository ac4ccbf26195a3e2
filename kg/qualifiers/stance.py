"""How a sentence puts a claim: polarity and modality of a trigger, read from the words around and above it.

The cues are data (`kg/data/rules/stance.toml`), read by kg.qualifiers.cues. A cue before the trigger must stand in its clause with nothing but
particles between; a governor is a verb or noun that the trigger hangs on, in the tree or by order of words; a modifier is
an adjective after a verbal noun. What is said under a governor of speech ("said that") stays asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.particles import COMMAS
from kg.language.wordclasses import shipped
from kg.model import Modality, Polarity, Span
from kg.qualifiers.cues import CLAUSE_END, before, beside, due, future, governors, past
from kg.rules import RuleSet
from kg.syntax.clauses import Reading

_WORDS = shipped("stance")
# Tokens from a verb to the noun that it presupposes, from a noun to its "soon".
_NEAR = 5

# What a noun between a verb and the deed may say of the deed, which the verb then does not presuppose: criticised the plan to leave.
_OPEN = {"planned", "hypothetical", "requested"}

MODALITIES = {
    "denied": Modality.DENIED,
    "reported": Modality.REPORTED,
    "requested": Modality.REQUESTED,
    "hypothetical": Modality.HYPOTHETICAL,
    "planned": Modality.PLANNED,
}


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity and modality of a claim."""

    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED

    @property
    def asserted(self) -> bool:
        """Stated as a fact."""
        return self.polarity is Polarity.POSITIVE and self.modality is Modality.ASSERTED


def stance(
    reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, ahead: Span | None = None,
    deeds: frozenset[str] = frozenset(),
) -> Stance:  # fmt: skip
    """The stance of the trigger at token `i`; `host` is the verb that a noun hangs on, `ahead` where its clause names a
    time that is yet to come, `deeds` are forms of verbs that say no more than that it is done."""
    said = before(reading, rules, i, noun)
    if not noun and not said and _when_it_was(reading, rules, i):
        return Stance()
    if noun and not said and any(reading.norm(k) in _WORDS["imposed"] for k in range(i + 1, min(i + 4, reading.bounds(i)[1]))):
        return Stance()  # «رفع العقوبات المفروضة على فلان»: they are in force
    if ahead and _to_come(reading, rules, i, noun, host, ahead):
        said.add("planned")
    if _owed(reading, i) if noun else due(reading, i):
        said.add("requested")
    supposed = noun and _presupposed(reading, rules, i, host)
    frame = (_framing(reading, i) or _in_contact(reading, i, host) or supposed) if noun else _framed(reading, i)
    if not frame:
        said |= governors(reading, rules, i, noun, host, deeds)
    if noun:
        said |= _modifiers(reading, rules, i)
    if noun and host is not None and not supposed and not _resultative(reading, i) and not _apart(reading, host, i):
        if reading.pos(host) == "VERB":
            apart = {"negated"} | (set() if _meanwhile(reading, i) else {"planned"}) if frame else set()
            apart |= {"negated"} if reading.norm(host) in rules.cues["presupposing verb"] else set()  # does not criticise the plan to leave
            said |= before(reading, rules, host, False) - apart
        if due(reading, host):
            said.add("requested")
        above = governors(reading, rules, host, False, None, deeds)
        said |= above & {"planned"} if frame and _meanwhile(reading, i) else set() if frame else above
        to_be = not frame or _meanwhile(reading, i)
        if to_be and (future(reading, rules, host) or (reading.pos(host) == "VERB" and not past(reading, rules, host) and _planned_before(reading, rules, host))):
            said.add("planned")
    if not noun and future(reading, rules, i):
        said.add("planned")
    if noun and not frame and host is not None and reading.norm(host) in _WORDS["agrees"] and reading.norm(i) in _WORDS["encounters"]:
        said.add("planned")
    if noun and reading.norm(i - 1) == "اي":
        said.add("hypothetical")  # any attack on
    if noun and (_to_be(reading, rules, i) or _soon(reading, i)):
        said.add("planned")
    threat = reading.norm(i).lstrip("يتن").startswith(tuple(_WORDS["threatening_stems"]))  # «تتوعد بالرد قريبا»: the answer is soon
    if not noun and not threat and not past(reading, rules, i) and _coming(reading, i):
        said.add("planned")
    if not noun and not past(reading, rules, i) and (_planned_before(reading, rules, i) or _ahead_of_which(reading, rules, i)):
        said.add("planned")
    if not noun and not past(reading, rules, i) and reading.norm(i - 1) == "و":
        said |= _joined(reading, rules, i)
    if not noun and reading.norm(i - 1) == "عندما" and not past(reading, rules, i):
        said.add("planned")
    said |= _of_sentence(reading, i) | _opened(reading, rules, i)
    if not noun and not past(reading, rules, i) and _condition(reading, i):
        said.add("hypothetical")
    if "negated" in said and (_excepted(reading, i, host) or (noun and _whose(reading, i) and reading.norm(i - 1) in _WORDS["about"])):
        said.discard("negated")
    polarity = Polarity.NEGATIVE if "negated" in said else Polarity.POSITIVE
    for name, modality in MODALITIES.items():
        if name in said:
            return Stance(polarity, modality)
    return Stance(polarity)


def _when_it_was(reading: Reading, rules: RuleSet, i: int) -> bool:
    """A past behind "when", "after": it has been, whatever is said of the main clause: «حثه على عدم الانسحاب عندما التقاه»."""
    k = i - 1
    while reading.norm(k) in {"قد", "كان", "كانت"}:
        k -= 1
    return reading.norm(k) in _WORDS["when"] and past(reading, rules, i)


def _apart(reading: Reading, host: int, i: int) -> bool:
    """Between the verb and the noun another clause has begun: with a participle behind a comma (criticising his departure), with
    "what" (did not publish what was said in the call); or a list has gone on to a noun that says whose it is (and the support of X)."""
    listed = i + 1 in reading.unit_at and any(reading.doc[k].text in COMMAS and reading.norm(k + 1) == "و" for k in range(host + 1, i - 1))
    participle = listed or any(beside(reading, k) and reading.norm(k).endswith(("ا", "ه")) for k in range(host + 1, i))
    return participle or any(reading.norm(k) == "ما" and reading.pos(k + 1) == "VERB" for k in range(host + 1, i - 1))


def _condition(reading: Reading, i: int) -> bool:
    """The sentence begins with a condition: "should the mediation fail, X attacks"."""
    begin, _ = reading.bounds(i)
    head = [reading.norm(k) for k in range(begin, min(begin + 3, i))]
    return bool({"اذا", "لو"} & set(head)) or ("في" in head and bool({"حال", "حاله"} & set(head)))


def _to_be(reading: Reading, rules: RuleSet, i: int) -> bool:
    """ "That his meeting with X will be": the noun is the subject of a verb in the future."""
    if reading.norm(i - 1) not in {"ان", "بان"}:
        return False
    _, end = reading.bounds(i)
    if reading.doc[end - 1].text not in CLAUSE_END:
        end = len(reading.doc)  # a sentence that was cut before its verb
    verb = next((k for k in range(i + 1, min(end, i + 12)) if reading.pos(k) == "VERB"), None)
    return verb is not None and (future(reading, rules, verb) or reading.norm(verb - 1) in {"س", "سوف", "لن"})


def _planned_before(reading: Reading, rules: RuleSet, i: int) -> bool:
    """The verb before "where" is about what is to come, or the one that this is joined to says "will": "is due to arrive in Cairo,
    where he meets", "will arrive in Cairo, and meets"."""
    begin, _ = reading.bounds(i)
    verb = next((k for k in range(i - 2, begin - 1, -1) if reading.pos(k) == "VERB"), None)
    if verb is None or reading.norm(i - 1) not in _WORDS["goes_on"]:
        return False
    if future(reading, rules, verb) or reading.norm(verb - 1) in {"س", "سوف"}:
        return True
    if reading.norm(i - 1) == "كما":
        return not past(reading, rules, verb) and _planned_before(reading, rules, verb)
    if reading.norm(i - 1) != "حيث":
        return False
    return rules.cues["governor"].get(reading.norm(verb)) == "planned" or "planned" in governors(reading, rules, verb, False, None) | before(reading, rules, verb, False)


def _ahead_of_which(reading: Reading, rules: RuleSet, i: int) -> bool:
    """ "Will visit X before he goes on to Y": behind "before" a present is to come when the verb before is."""
    if reading.norm(i - 1) != "ان" or reading.norm(i - 2) not in {"قبل", "قبيل"}:
        return False
    begin, _ = reading.bounds(i)
    verb = next((k for k in range(i - 3, begin - 1, -1) if reading.pos(k) == "VERB"), None)
    return verb is not None and (future(reading, rules, verb) or reading.norm(verb - 1) in {"س", "سوف"} or "planned" in governors(reading, rules, verb, False, None))


def _joined(reading: Reading, rules: RuleSet, i: int) -> set[str]:
    """What governs the clauses that a present behind "and" goes on with: "demanded that they stop …, that they end …, and withdraw"."""
    begin, _ = reading.bounds(i)
    said: set[str] = set()
    for k in range(i - 2, begin, -1):
        if reading.doc[k].text in CLAUSE_END or (reading.pos(k) == "VERB" and reading.norm(k - 1) != "ان" and past(reading, rules, k)):
            break
        if reading.norm(k) == "ان" and reading.pos(k + 1) == "VERB":
            said = governors(reading, rules, k + 1, False, None)
    return said & {"requested", "hypothetical", "planned"}


def _opened(reading: Reading, rules: RuleSet, i: int) -> set[str]:
    """What opens the clause around: "it is likely, possible, important that …", over its subject and verb."""
    begin, _ = reading.bounds(i)
    for k in range(i - 1, begin + 1, -1):
        if reading.doc[k].text in CLAUSE_END | COMMAS or reading.norm(k) in _WORDS["breaks"]:
            return set()
        if reading.norm(k) == "ان":
            word = k - 2 if reading.norm(k - 1) == "جدا" else k - 1
            of = next((m for m in (word - 1, word - 2) if reading.norm(m) == "من"), None)
            if of is None or reading.pos(k + 1) not in {"VERB", "AUX"}:
                return set()
            says = rules.cues["governor"].get(reading.norm(word), "")
            return {"requested"} if reading.norm(word) in _WORDS["advisable"] else {says} & {"hypothetical", "planned", "requested"}
    return set()


def _of_sentence(reading: Reading, i: int) -> set[str]:
    """What the head of the sentence says of all of it: "but for …", "according to rumours"."""
    begin, _ = reading.bounds(i)
    if any(reading.norm(k) == "لولا" for k in range(begin, i)):
        return {"hypothetical"}
    _, end = reading.bounds(i)
    if any(reading.norm(k) in {"عار", "عاريه"} and reading.norm(k + 1) in {"من", "عن"} and reading.norm(k + 2) == "الصحه" for k in range(begin, end)):
        return {"denied"}
    if any(reading.norm(k) in _WORDS["according"] and reading.norm(k + 1 + (reading.pos(k + 1) == "ADP")).removeprefix("ال") == "تقارير" for k in range(i, min(end, i + _NEAR))):
        return {"reported"}
    head = range(begin, min(begin + 6, i))
    return {"reported"} if any(reading.norm(k) in _WORDS["rumours"] for k in head) else set()


def _excepted(reading: Reading, i: int, host: int | None) -> bool:
    """ "Met none but", "did not only condemn": the negation is taken back."""
    _, end = reading.bounds(i)
    if any(reading.norm(k) in {"سوي", "الا"} for k in range(i + 1, min(end, i + 12))):
        return True
    if reading.norm(i - 1) == "ان" and reading.norm(i - 2) == "الا":
        return True  # ما كان منه إلا أن فر
    return host is not None and reading.norm(host) in _WORDS["only"] | _WORDS["hiding"]


def _to_come(reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, ahead: Span) -> bool:
    """A present, or a noun that no past carries, with "tomorrow" or "next week" behind it: Putin receives Assad tomorrow."""
    if noun:
        near = 0 <= ahead.start - reading.start(i) <= 60
        return near and (host is None or not past(reading, rules, host))
    return not past(reading, rules, i)


def _coming(reading: Reading, i: int) -> bool:
    """Behind a present, in its clause, "tomorrow", "soon", "next": it is to be, whether or not the day of the article is known."""
    _, end = reading.bounds(i)
    for k in range(i + 1, min(end, i + 14)):
        if reading.pos(k) == "VERB" or reading.doc[k].text in CLAUSE_END or reading.norm(k) in _WORDS["not_coming"]:
            return False
        if reading.norm(k) in _WORDS["soon"]:
            return True
        if reading.norm(k) in _WORDS["next"]:
            return reading.norm(k - 1) in _WORDS["spans"]
    return False


def _soon(reading: Reading, i: int) -> bool:
    """ "The withdrawal of the forces at a near time", "a summit soon": بوقت قريب or قريبا behind a noun, with no verb between."""
    _, end = reading.bounds(i)
    for k in range(i + 1, min(end, i + 12)):
        if reading.pos(k) == "VERB" or reading.doc[k].text in CLAUSE_END or reading.norm(k) in _WORDS["not_coming"]:
            return False
        if (reading.norm(k) == "قريب" and reading.norm(k - 1) in _WORDS["time"]) or (reading.norm(k) == "قريبا" and k - i <= _NEAR):
            return True
    return False


def _resultative(reading: Reading, i: int) -> bool:
    """A noun under "after", "during", "following" has happened, whatever the main verb says of the time."""
    begin, _ = reading.bounds(i)
    return any(reading.norm(k) in _WORDS["after"] for k in range(max(begin, i - 2), i) if not _yet(reading, k))


def _yet(reading: Reading, k: int) -> bool:
    """بعد before another preposition is "yet": has not yet come to an agreement."""
    return reading.norm(k) == "بعد" and reading.pos(k + 1) == "ADP"


def _framing(reading: Reading, i: int) -> bool:
    """A noun under "during", "on the sidelines of", "after" frames the main clause: what governs that clause says nothing
    of it, but for the future."""
    begin, _ = reading.bounds(i)
    above = {reading.norm(k) for k in range(max(begin, i - 2), i) if not _yet(reading, k)}
    return bool(above & _WORDS["framing"])


def _meanwhile(reading: Reading, i: int) -> bool:
    """A noun under "during" or "on the sidelines of": when the main clause is to come, it is to come with it."""
    begin, _ = reading.bounds(i)
    return any(reading.norm(k) in _WORDS["meanwhile"] for k in range(max(begin, i - 2), i))


def _framed(reading: Reading, i: int) -> bool:
    """The verb says of the noun before it what that was which frames the main clause: خلال لقاء جمعهما."""
    k = i - 1
    while reading.pos(k) == "ADJ" and k not in reading.unit_at:
        k -= 1
    return reading.pos(k) == "NOUN" and k not in reading.unit_at and not reading.norm(k).startswith("ال") and _framing(reading, k)


def _presupposed(reading: Reading, rules: RuleSet, i: int, host: int | None) -> bool:
    """What is discussed, ended, lifted, answered is there: "they will discuss the Turkish attack on", "called for an end to the
    shelling of". The noun stands right behind such a word, and it says whose it is."""
    if not any(k in reading.unit_at for k in (i + 1, i + 2)):
        return False
    k = i - 1
    while reading.pos(k) == "ADP" or reading.norm(k).removeprefix("ال") in _WORDS["courses"]:
        k -= 1
    if reading.norm(k) in _WORDS["cancelling"] and reading.norm(i).removeprefix("ال") in _WORDS["encounters"]:
        return False
    if host is not None and reading.norm(host) in _WORDS["rejecting"] and _whose(reading, i):
        return True
    verbs, nouns = rules.cues["presupposing verb"], rules.cues["presupposing"]
    if reading.pos(k) != "VERB" and reading.norm(k) in nouns:
        return True
    near = host is not None and i - host <= _NEAR and all(rules.cues["governor"].get(reading.norm(m)) not in _OPEN for m in range(host + 1, i))
    above = [reading.norm(k)] + ([reading.norm(host)] if host is not None and near else [])
    return any(form in verbs or form.removeprefix("س") in verbs for form in above)


def _whose(reading: Reading, i: int) -> bool:
    """A definite noun with an adjective that says whose it is: the Turkish intervention."""
    unit = reading.unit_at.get(i + 1)
    return reading.norm(i).startswith("ال") and unit is not None and unit.adjective


def _in_contact(reading: Reading, i: int, host: int | None) -> bool:
    """ "X pledged in a call with Y": where the words were said, behind the name of who said them; not "X hoped for a meeting"."""
    if reading.norm(i - 1) == "في" and reading.norm(i).startswith("ال") and any(reading.norm(k) == "بين" for k in range(i + 1, i + 3)):
        return True  # demanded in the talks between the two
    if reading.norm(i - 1) != "في" or reading.norm(i) not in _WORDS["encounters"] or host is None:
        return False
    if reading.norm(host).lstrip("يتن").startswith(tuple(_WORDS["about_stems"])):
        return False
    return i - 2 in reading.unit_at or reading.is_adverb(i - 2) or reading.doc[i - 2].text in {"،", ","}


def _modifiers(reading: Reading, rules: RuleSet, i: int) -> set[str]:
    """Adjectives of the noun: "planned", "coming", "alleged"."""
    said = set()
    _, end = reading.bounds(i)
    for k in range(i + 1, min(end, i + 6)):
        word = reading.norm(k)
        if word in rules.cues["modifier"] and reading.pos(k) != "VERB":
            said.add(rules.cues["modifier"][word])
        if rules.cues["governor"].get(word) == "reported" and reading.pos(k) == "ADJ" and word not in _WORDS["charged"]:
            said.add("reported")
        if reading.norm(k) in {"ينتظر", "يتوقع", "تنتظر", "تتوقع"}:
            said.add("planned")  # "sanctions that are expected to be adopted"
        if reading.pos(k) in {"VERB", "PUNCT", "CCONJ", "SCONJ"} and reading.norm(k) not in {"كان", "كانت"}:
            break  # but: the summit that was planned
    return said


def _owed(reading: Reading, i: int) -> bool:
    """ "That it is for X to pay a visit": أن على X before the noun."""
    begin, _ = reading.bounds(i)
    for k in range(i - 1, max(begin, i - 12) - 1, -1):
        if reading.norm(k) == "علي" and reading.norm(k - 1) in {"ان", "بان", "يجب", "ينبغي"}:
            return True
        if reading.pos(k) == "VERB":
            return False
    return False
