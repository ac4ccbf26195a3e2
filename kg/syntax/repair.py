"""Tokens put right where the analysis is sure to be wrong about a verb: the models split سيطر into س + يطر, وصل into و + صل,
and take verbs at the head of a sentence for nouns. The forms that count are those of the rules' own verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.arabic import fold_word
from kg.language.particles import HOMES, NOUN_PREPOSITIONS, RELATIVES
from kg.language.wordclasses import shipped
from kg.model import Article, EntityType
from kg.syntax.units import Unit

_WORDS = shipped("told")
# Tokens from a person to the "about" of what he gives expression to.
_EXPRESSING = 14
_RELATIVES = RELATIVES | {"ما"}
_NOT_CUT = _WORDS["not_cut"]
_OPENING = {":", '"', "«", "“"}
# Tags that a verb at the head of a sentence may have been given by mistake.
_MISTAKEN = {"NOUN", "X", "PROPN", "ADJ", "ADV"}


@dataclass(frozen=True)
class Verbs:
    """Folded forms: of all verbs that matter, of their third person masculine past, those that are nouns as well, the active
    participles, and the first persons."""

    forms: frozenset[str]
    pasts: frozenset[str]
    nouns: frozenset[str]
    participles: frozenset[str]
    first: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> frozenset[str]:
        """All forms that may be a verb, or are made from one."""
        return self.forms | self.participles | self.nouns


NO_VERBS = Verbs(frozenset(), frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Words:
    """The folded forms and the parts of speech of the tokens, one a token; both empty for what belongs to the token before."""

    norms: tuple[str, ...]
    tags: tuple[str, ...]
    surfaces: tuple[str, ...] = ()


def put_right(article: Article, doc: Doc, verbs: Verbs, taken: Mapping[int, Unit]) -> Words:
    """The forms and tags of a `Doc`; tokens that are part of a name (`taken`) stay as they are."""
    norms = [token.norm_ for token in doc]
    tags = [token.pos_ for token in doc]
    surfaces: list[str] = []
    for first, last in _surface_tokens(doc):
        surfaces += [_written(article, doc, first, last)] * (last - first)
        if last - first > 1 and not any(k in taken for k in range(first, last)):
            _join(article, doc, verbs, norms, tags, (first, last), taken)
            if whole := _led_verb(article, doc, verbs, norms, tags, (first, last)):
                surfaces[first:last] = [whole] * (last - first)
    for sent in doc.sents:
        head = sent.start + (tags[sent.start] == "CCONJ")
        if head < len(norms) and head not in taken and norms[head][:1] == "و" and norms[head] not in verbs.all and norms[head][1:] in verbs.forms:
            norms[head], tags[head] = norms[head][1:], "VERB"
        if head < len(norms) and head not in taken and tags[head] in _MISTAKEN and _plain_verb(norms[head], verbs):
            tags[head] = "VERB"
    for k in range(1, len(norms)):
        # a subject before its verb: [ظريف ولافروف] أبرما
        if k - 1 in taken and k not in taken and tags[k] == "X" and norms[k] in verbs.forms and norms[k] not in verbs.nouns:
            tags[k] = "VERB"
    for k in range(1, len(norms) - 1):
        # أن غوتيريش هاتف الرئيس: what stands behind "that" and a person is its verb, though it is a noun too
        person = taken.get(k - 1)
        led = person is not None and person.type is EntityType.PERSON and norms[person.first - 1] in {"ان", "بان"}
        if led and k not in taken and tags[k] == "NOUN" and norms[k] in verbs.pasts and norms[k] not in NOUN_PREPOSITIONS and tags[k + 1] in {"PUNCT", "ADP", "NOUN", "X"}:
            tags[k] = "VERB"
    for k in range(len(norms) - 1):
        # فيما عبّر فلان عن: no "through"
        person = taken.get(k + 1)
        if norms[k] == "عبر" and tags[k] != "VERB" and person is not None and person.type is EntityType.PERSON and "عن" in norms[person.last : person.last + _EXPRESSING]:
            tags[k] = "VERB"
    heads = {sent.start for sent in doc.sents}
    for k in range(len(norms) - 1):
        # فيما هاتف فلان, شن الجيش السوداني: a past behind a conjunction or at the head and before a name is no noun
        joined = k in heads or tags[k - 1] in {"CCONJ", "SCONJ"} or (norms[k - 1] == "ما" and norms[k - 2] == "في")
        if joined and k not in taken and tags[k] == "X" and norms[k].endswith("ت") and _plain_verb(norms[k], verbs):
            tags[k] = "VERB"  # وهوجمت كنيسة
        if joined and k + 1 in taken and k not in taken and tags[k] in _MISTAKEN and norms[k] in verbs.pasts and norms[k] not in verbs.nouns:
            tags[k] = "VERB"
    for k in range(1, len(norms) - 1):
        # وبحث معه: a past between "and" and "with" is no noun
        if tags[k] == "NOUN" and tags[k - 1] == "CCONJ" and norms[k + 1] == "مع" and norms[k] in verbs.pasts and k not in taken:
            tags[k] = "VERB"
    for k in range(1, len(norms)):
        # وهو ما تنفيه، الأمر الذي نفاه: a verb behind a relative, its pronoun not split off
        if k not in taken and norms[k - 1] in _RELATIVES and norms[k] not in verbs.all and (stem := _without_pronoun(norms[k])) in verbs.forms:
            norms[k], tags[k] = stem, "VERB"
    for k in range(1, len(norms) - 2):
        # الذي حملته مسؤولية: a relative goes on with a verb, whose ت the analysis takes for that of a noun before a pronoun
        feminine = norms[k].removesuffix("ه") + "ت"
        nominal = norms[k + 2].startswith("ال") and k + 2 not in taken
        if k not in taken and norms[k - 1] in RELATIVES and tags[k] == "NOUN" and tags[k + 1] == "PRON" and norms[k].endswith("ه") and feminine in verbs.forms and not nominal:
            norms[k], tags[k] = feminine, "VERB"
    for k in range(1, len(norms)):
        # ودعت إلى: "and" that was not split off, though the whole is a form of another verb (bade farewell)
        if norms[k] == "ودعت" and tags[k] == "VERB" and k not in taken and "الي" in norms[k + 2 : k + 8]:
            norms[k] = "دعت"
        # ودعاها, رسالة دعاه فيها: a verb whose pronoun was not split off
        if k not in taken and tags[k] == "VERB" and norms[k] not in verbs.all:
            stem = next((s for e in ("ها", "ه") if norms[k].endswith(e) and (s := norms[k].removesuffix(e)) in verbs.forms), "")
            norms[k] = stem or norms[k]
    for k in range(1, len(norms) - 1):
        # ورفض أي وساطة، وطلب أن: a past between "and" and "any, that" is no noun
        if tags[k] == "NOUN" and norms[k - 1] == "و" and norms[k + 1] in {"اي", "ايه", "ان"} and norms[k] in verbs.pasts and k not in taken:
            tags[k] = "VERB"
    for k in range(1, len(norms) - 2):
        # حكما رفضته بكين: a past with a pronoun before a name is no noun
        apart = tags[k - 1] != "ADP" and norms[k - 1] not in NOUN_PREPOSITIONS
        if apart and tags[k] == "NOUN" and tags[k + 1] == "PRON" and k + 2 in taken and k not in taken:
            stem = norms[k].removesuffix("ه") + "ت" if norms[k].endswith("ه") else norms[k]
            if stem.endswith("ت") and stem[:-1] in verbs.pasts:
                norms[k], tags[k] = stem, "VERB"
    for k in range(1, len(norms) - 2):
        # غارات شنها التحالف: the pronoun takes up the noun before, and a name behind says who
        plain = tags[k - 1] == "NOUN" and k - 1 not in taken and not norms[k - 1].startswith("ال") and norms[k + 1] == ("ها" if norms[k - 1].endswith(("ات", "ه")) else "ه")
        who = k + 2 in taken or (norms[k] == "عقد" and norms[k + 2] in {"في", "مع"})  # اجتماع عقده في فيينا مع فلان
        if plain and tags[k] == "NOUN" and tags[k + 1] == "PRON" and who and k not in taken and norms[k] in verbs.pasts and surfaces[k] == surfaces[k + 1]:
            tags[k] = "VERB"
    for k in range(2, len(norms) - 1):
        # أعلنت روسيا رفضها: what a verb and its subject stand right before is no verb with a pronoun
        owned = tags[k + 1] == "PRON" or k + 1 in taken or (norms[k + 1] in HOMES and norms[k + 2 : k + 3] in (["ه"], ["ها"]))
        if tags[k] == "VERB" and owned and k - 1 in taken and k not in taken and norms[k] in verbs.nouns and norms[k] in verbs.pasts:
            m = k - 1
            while m > 0 and (m in taken or tags[m] == "ADJ"):
                m -= 1
            if tags[m] == "VERB" and norms[m] in verbs.forms and norms[m - 1] not in RELATIVES:
                tags[k] = "NOUN"
    for k in range(len(norms) - 1):
        # أجرى لقاءات، نشرت وحدات، سفراء: the first letter is of the word
        if norms[k] + norms[k + 1] in _NOT_CUT and len(norms[k]) == 1 and k not in taken and surfaces[k] == surfaces[k + 1]:
            norms[k], tags[k] = norms[k] + norms[k + 1], "NOUN"
            norms[k + 1] = tags[k + 1] = ""
    for k in range(1, len(norms) - 1):
        # عقب قمتهما: behind a preposition of time, with a pronoun, it is no "I rose"
        if norms[k] == "قمت" and tags[k + 1] == "PRON" and tags[k - 1] in {"ADP", "NOUN"} and norms[k + 1] in {"هما", "هم", "ها", "ه"}:
            norms[k], tags[k] = "قمه", "NOUN"
    for k in range(1, len(norms) - 2):
        # وصف الكرملين زعم بولندا بأن: behind a subject, with a subject and "that" of its own, it is the claim
        if norms[k] == "زعم" and (k - 1 in taken or tags[k - 1] in {"VERB", "ADP"}) and k + 1 in taken and k not in taken:
            tags[k] = "NOUN"
    for k in range(1, len(norms)):
        # "We urge Russia": a first person at the head of direct speech
        if tags[k] in _MISTAKEN and k not in taken and norms[k] in verbs.first and doc[k - 1].text in _OPENING:
            tags[k] = "VERB"
    return Words(tuple(norms), tuple(tags), tuple(surfaces))


def _without_pronoun(form: str) -> str:
    """A verb without the pronoun written onto it: تنفيه, نفاه, تنكرها."""
    for ending in ("ها", "هم", "ه"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            return stem[:-1] + "ي" if stem.endswith("ا") else stem
    return form


def _surface_tokens(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) token of each surface token."""
    surface: list[int] = doc.user_data["surface"]
    first = 0
    for k in range(1, len(surface) + 1):
        if k == len(surface) or surface[k] != surface[first]:
            yield first, k
            first = k


def _written(article: Article, doc: Doc, first: int, last: int) -> str:
    """A surface token, folded, without a conjunction before it."""
    if last - first == 1:
        return doc[first].norm_
    if doc[first].pos_ == "CCONJ":
        first += 1
    return fold_word(article.text[doc.user_data["starts"][first] : max(doc.user_data["ends"][first:last])])


def _join(
    article: Article, doc: Doc, verbs: Verbs, norms: list[str], tags: list[str], stretch: tuple[int, int], taken: Mapping[int, Unit]
) -> None:
    """Joins the tokens of one surface token where only the whole is a known verb."""
    first, last = stretch
    if tags[first] in {"SCONJ", "ADP", "PART"} and tags[last - 1] == "PRON":
        return  # أنها, لها, بهم are what they seem
    known = verbs.all
    feminine = norms[last - 2].removesuffix("ه") + "ت"
    if tags[first] == "CCONJ" and tags[last - 1] == "PRON" and norms[last - 2] not in verbs.nouns and norms[last - 2].endswith("ه") and feminine in verbs.forms:
        norms[last - 2], tags[last - 2] = feminine, "VERB"  # وطالبتها: no student of hers
        return
    before = doc[first - 1].text if first else ""
    if tags[first] == "CCONJ" and tags[last - 1] == "PRON" and last in taken and before in {"،", ","} and feminine in verbs.forms:
        norms[last - 2], tags[last - 2] = feminine, "VERB"  # «…، وأدانتها فرنسا»: no condemnation of hers
        return
    if tags[first] == "CCONJ" and tags[last - 1] == "PRON" and last - first == 3 and norms[first + 1] not in verbs.nouns:
        stem = _written(article, doc, first, last).removesuffix(norms[last - 1])
        if stem.endswith("ا") and stem in verbs.pasts and stem not in verbs.nouns:
            norms[first + 1], tags[first + 1] = stem, "VERB"  # ودعاها: no noun of hers
            return
    starts, ends = doc.user_data["starts"], doc.user_data["ends"]
    led = first + (tags[first] == "CCONJ")
    if norms[led] == "س" and led < last - 1:
        past = fold_word(article.text[starts[led] : max(ends[led:last])])
        if past in verbs.pasts:  # سيطر is no future, though "he will fly" is a verb too
            norms[led], tags[led] = past, "VERB"
            norms[led + 1 : last] = tags[led + 1 : last] = [""] * (last - led - 1)
            return
    whole = fold_word(article.text[starts[first] : max(ends[first:last])])
    split = tags[first] == "CCONJ" and last - first == 2 and tags[first + 1] == "VERB" and norms[first + 1] not in verbs.forms
    if any(norms[k] in known for k in range(first, last)) and not (split and whole in verbs.forms):  # وصلت is no "and" with a verb صلت
        return
    if tags[last - 1] == "PRON" and not norms[last - 2].endswith("ت"):
        # ساندته: the analysis takes the ت of the verb before a pronoun for that of a noun
        stem = norms[last - 2].removesuffix("ه") + "ت"
        if stem in verbs.forms and whole.endswith(stem + norms[last - 1]):
            norms[last - 2], tags[last - 2] = stem, "VERB"
            return
    if tags[last - 1] == "PRON" and tags[first] == "CCONJ" and last - first == 3 and norms[first] + norms[first + 1] in verbs.nouns:
        norms[first], tags[first] = norms[first] + norms[first + 1], "NOUN"  # وقوفها is no "and"
        norms[first + 1] = tags[first + 1] = ""
        return
    if whole in _WORDS["nouns_for_verbs"]:
        return
    if whole not in known:
        if tags[first] != "CCONJ" or last - first < 3 or whole[1:] not in known:
            return
        first, whole = first + 1, whole[1:]
    norms[first], tags[first] = whole, _tag(whole, verbs)
    for k in range(first + 1, last):
        norms[k] = tags[k] = ""


def _led_verb(article: Article, doc: Doc, verbs: Verbs, norms: list[str], tags: list[str], stretch: tuple[int, int]) -> str:
    """Puts right a surface token whose و was taken for a letter of the verb or the verb's for "and", where no word of the split is
    a known one: ويتهم is no "وية" of theirs, وصفهم no "and" before "صفهم". Gives the word as it is written without "and"."""
    first, last = stretch
    whole = fold_word(article.text[doc.user_data["starts"][first] : max(doc.user_data["ends"][first:last])])
    if not whole.startswith("و") or any(norms[k] in verbs.all or tags[k] == "VERB" for k in range(first, last)):
        return ""
    if tags[first] != "CCONJ" and whole[1:] in verbs.forms:
        norms[first], tags[first] = whole[1:], "VERB"
        norms[first + 1 : last] = tags[first + 1 : last] = [""] * (last - first - 1)
        return whole[1:]
    pronoun = next((e for e in ("هما", "هم", "ها", "ه") if whole.endswith(e) and whole.removesuffix(e) in verbs.forms), "")
    if tags[first] == "CCONJ" and last - first == 2 and pronoun:
        norms[first], tags[first] = whole.removesuffix(pronoun), "VERB"
        norms[first + 1], tags[first + 1] = pronoun, "PRON"
        return whole
    return ""


def _tag(whole: str, verbs: Verbs) -> str:
    return "VERB" if whole in verbs.forms else "ADJ" if whole in verbs.participles else "NOUN"


def _plain_verb(form: str, verbs: Verbs) -> bool:
    """A form that is hardly anything but a verb: not one that is a noun as well."""
    return form in verbs.forms and form not in verbs.nouns and (len(form) > 4 or form.endswith("ت") or form[0] == "ي")
