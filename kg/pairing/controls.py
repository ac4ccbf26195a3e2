"""Control: who is to do a deed that a verbal noun names, and how it is put, where a word of accusation, call, threat, plan, wish,
refusal or denial governs it: «اتهم فلان فلانا بقصف», «تعتزم فلانة إرسال», «رفض فلان لقاء». The words are data
(`kg/data/rules/controls.toml`); what they say of the deed is their cue in `stance.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.arabic import bare, fold_word
from kg.language.particles import COMMAS, OUTRAGES, RELATIVES, STOPS
from kg.language.wordclasses import shipped
from kg.model import Modality, Polarity
from kg.pairing.pairing import Pairing
from kg.qualifiers.cues import before
from kg.qualifiers.stance import MODALITIES, Stance
from kg.rules import ControlRow
from kg.slots.slots import Filler, Frame

_WORDS = shipped("stance")
# Prepositions between a word of blame and the attack, and tokens before it in which that is looked for.
_PARTS = {"وراء", "خلف", "في", "عن", "ب"}
_OUTRAGE_REACH = 160
# Tokens from a deed to the word that governs it, and commas that may stand between.
_REACH, _COMMAS = 26, 2


@dataclass(frozen=True, slots=True)
class Control:
    """The word at token `at` that governs a deed, its row, and whether the deed's not being done is what it governs."""

    at: int
    row: ControlRow
    negative: bool = False


def control(pairing: Pairing, i: int) -> Control | None:
    """What governs the deed at token `i`."""
    r = pairing.reading
    first, prep, negative = _carried(pairing, i)
    begin, _ = r.bounds(i)
    joined = first > begin and r.norm(first - 1) == "و" and first - 1 not in r.unit_at
    k = first - 1 - joined
    commas, led = 0, {prep} if prep or not joined else set[str]()
    while k >= begin and first - k <= _REACH:
        word = r.norm(k)
        unit = r.unit_at.get(k)
        if unit and not (unit.organ and unit.first == k):
            k = unit.first - 1
            continue
        for row in _rows(pairing, k):
            close = _nearest(pairing, row, k, first) if row.another and not joined else row.another or _bare(pairing, row, k, first, joined)
            if close and (led & set(row.by) or (joined and not led and "" in row.by)):
                return Control(k, row, negative)
        commas += r.doc[k].text in COMMAS
        if r.pos(k) == "VERB" or r.pos(k) == "SCONJ" or word in RELATIVES or r.doc[k].text in STOPS or commas > _COMMAS:
            return None
        if joined and not led and r.pos(k) == "ADP" and r.pos(k + 1) == "NOUN" and k + 1 not in r.unit_at:
            led.add(word)
        k -= 1
    return None


def _rows(pairing: Pairing, k: int) -> tuple[ControlRow, ...]:
    """The rows of the word at token `k`, as a verb or participle or as a noun."""
    word, rules = pairing.reading.norm(k), pairing.rules
    if verbal(pairing, k):
        return rules.controls.get(word) or (rules.controls.get(word[1:], ()) if word.startswith("س") else ())
    return rules.control_nouns.get(word, ())


def verbal(pairing: Pairing, k: int) -> bool:
    """The word at token `k` is a verb or a participle."""
    r = pairing.reading
    word, rules = r.norm(k), pairing.rules
    return r.pos(k) == "VERB" or (word in rules.controls and word not in rules.control_nouns and (word.startswith("م") or word.endswith(("ا", "ه"))))


def _carried(pairing: Pairing, i: int) -> tuple[int, str, bool]:
    """Where the phrase begins that carries the deed (بالوقوف وراء شن هجوم), its preposition, and whether it is "not to"."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    k, prep, negative = i - 1, "", False
    while k >= begin and (k not in r.unit_at or r.unit_at[k].adjective):
        word = r.norm(k)
        if word in _WORDS["ending"]:
            prep, negative = "", not negative
        elif r.pos(k) == "ADP" or word in {"وراء", "خلف"}:
            prep = word
        elif r.pos(k) == "PRON" and bare(r.norm(k - 1)) in _WORDS["hands"]:
            pass
        elif r.pos(k) == "NOUN" and (bare(word) in _WORDS["carriers"] or word in _WORDS["carriers"] or bare(word) in _WORDS["hands"]):
            prep = ""
        else:
            break
        k -= 1
    return k + 1, {"الي": "إلى", "علي": "على"}.get(prep, prep), negative


def _bare(pairing: Pairing, row: ControlRow, k: int, first: int, joined: bool) -> bool:
    """Nothing but names, their adjectives and adverbs, and the preposition of who is asked, stands between the word at token `k` and the deed, or, where that is joined
    to another, and the first of them."""
    r = pairing.reading
    m = k + 1
    while m < first and (m in r.unit_at or r.pos(m) in {"ADJ", "PRON", "ADV", "X", "PROPN", "DET", ""} or r.is_adverb(m) or r.norm(m) in row.of_verb or _while(pairing, m)):
        m += 1
    return m == first or (joined and r.pos(m) == "NOUN")


def _while(pairing: Pairing, m: int) -> bool:
    """ "At the same time", "in a speech": when and where it was said."""
    r = pairing.reading
    return r.norm(m) in {"في", "خلال"} or (r.norm(m - 1) in {"في", "خلال"} and r.pos(m) == "NOUN" and m not in r.unit_at)


def _nearest(pairing: Pairing, row: ControlRow, k: int, first: int) -> bool:
    """No other deed stands behind the preposition of the word at token `k` before this one: دعاه إلى الاستعداد لضربات."""
    r = pairing.reading
    return not any(r.pos(m) == "ADP" and r.norm(m) in {fold_word(prep) for prep in row.by if prep} and r.pos(m + 1) == "NOUN" and m + 1 not in r.unit_at for m in range(k + 1, first))


def doer(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is to do the deed at token `i`, or is said to have done it; its own subject where two names follow it."""
    r = pairing.reading
    found = control(pairing, i)
    if found is None:
        return []
    own = r.pos(i + 1) == "PRON" and r.surface(i) == r.surface(i + 1)
    if frame.slots.get("gen2") and not own and frame.slots.get("gen"):
        return frame.slots["gen"]
    as_verb = verbal(pairing, found.at)
    slots = (pairing.frames.verb(found.at) if as_verb else pairing.frames.noun(found.at)).slots
    who = {u.key for f in slots.get("gen", []) for u in f.units} if found.row.another else set()
    for slot in found.row.of_verb if as_verb else found.row.of_noun:
        if fillers := [f for f in slots.get(slot, []) if f.units[0].first < i and not f.loose and f.units[0].key not in who]:
            return [Filler(f.units, 0.9 * f.sure, f.through, f.head, f.stands) for f in fillers]
    return [] if as_verb or found.row.another else _teller(pairing, found.at)


def _teller(pairing: Pairing, k: int) -> list[Filler]:
    """Whose plan, wish, readiness the noun at token `k` is that names nobody: of who tells it («عرضت فلانة خطة لإرسال»)."""
    r, frame = pairing.reading, pairing.frames.noun(k)
    told = not r.norm(k).startswith("ال") and frame.host is not None and r.norm(frame.host) in pairing.rules.speech | pairing.rules.support and r.pos(frame.host) == "VERB"
    return [f for f in frame.slots.get("host", []) if not f.through or f.stands] if told else []


def doer_alone(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The same for deeds of one who goes, withdraws, meddles: not where the deed names its own doer (انسحاب فلان)."""
    r = pairing.reading
    own = r.pos(i + 1) == "PRON" and r.surface(i) == r.surface(i + 1)
    if not own and (frame.slots.get("gen") or frame.slots.get("adj")):
        return []
    return doer(pairing, frame, i)


def put(pairing: Pairing, i: int) -> Stance | None:
    """How the word that governs the deed at token `i` puts it; None where nothing does."""
    r, rules = pairing.reading, pairing.rules
    found = control(pairing, i)
    if found is None:
        return None
    word = r.norm(found.at)
    cues = rules.cues["governor"]
    if found.row.another and not verbal(pairing, found.at) and cues.get(_above(pairing, found.at)) == "denied":
        return Stance(modality=Modality.DENIED)  # نفى اتهام فلان له بقصف
    says = found.row.says or cues.get(word) or cues.get(word.removeprefix("س"), "planned")
    negated = "negated" in before(r, rules, found.at, not verbal(pairing, found.at))
    if says == "negated":
        return Stance(Polarity.POSITIVE, Modality.HYPOTHETICAL) if negated or found.negative else Stance(Polarity.NEGATIVE)
    return Stance(Polarity.NEGATIVE if negated != found.negative else Polarity.POSITIVE, MODALITIES[says])


def _above(pairing: Pairing, k: int) -> str:
    """The verb around the noun at token `k`."""
    host = pairing.frames.noun(k).host
    return pairing.reading.norm(host) if host is not None else ""


def promised(pairing: Pairing, i: int) -> Stance | None:
    """How a deed is put that somebody promised, agreed to do, and that no cue says is to come."""
    found = control(pairing, i)
    return put(pairing, i) if found and found.row.says else None


def outrage(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What the attack was on, told before, that a pronoun or "the attack" behind the word of blame at token `i` stands for: الوقوف
    وراءه, التورط في الهجوم, تنفيذه."""
    r = pairing.reading
    k = i + 1 + (r.norm(i + 1) in _PARTS)
    alone = bare(r.norm(k)) in OUTRAGES and r.norm(k).startswith("ال") and r.pos(k + 1) != "ADP"
    if r.pos(k) != "PRON" and not alone:
        return []
    for m in range(i - 2, max(-1, i - _OUTRAGE_REACH), -1):
        for trigger in pairing.rules.triggers.get(r.norm(m), ()):
            if trigger.rule.relation == "attacked" and not trigger.rule.claims_alone and m not in r.unit_at and pairing.fires(trigger, m):
                return _suffering(pairing.frame(trigger, m))
    return []


def harmed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What the attack was on that the noun behind "responsible for", "behind" names: مسؤولة عن تسميم فلان, وراء الهجوم على."""
    r = pairing.reading
    k = i + 1 + (r.norm(i + 1) in _PARTS)
    while r.pos(k) == "NOUN" and r.norm(k) in _WORDS["acts_of_violence"] and k not in r.unit_at:
        k += 1
    triggers = [t for t in pairing.rules.triggers.get(r.norm(k), ()) if t.rule.relation == "attacked" and not t.verb]
    return _suffering(pairing.frames.noun(k)) if triggers and k not in r.unit_at else []


def _suffering(frame: Frame) -> list[Filler]:
    """Whom or what an attack was on, by the frame of its noun or verb."""
    for slot in ("obj", "على", "ضد", "gen2", "gen", "ل"):
        if fillers := frame.slots.get(slot):
            return [Filler(f.units, 0.7 * f.sure, f.through, f.head) for f in fillers[:1]]
    return []


SLOTS = {"doer": doer, "doer_alone": doer_alone, "outrage": outrage, "harmed": harmed}
