"""Who bears a title: the name behind it, behind ranks, or behind a qualification of the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.arabic import bare, fold, unclitic
from kg.language.wordclasses import shipped
from kg.language.words import Word
from kg.model import EntityType, Name, Title
from kg.posts.titletext import SEPARATORS, TitleText

_WORDS = shipped("titlewords")
# Words between the end of a title and the name it belongs to, when they begin as a qualification of the title
# ("for the Middle East", "in London", "in charge of ..."); more than this many are not trusted.
MAX_TAIL = 7
# Adjectives between a title and the name of who is known to bear it.
MAX_ADJECTIVES = 2
_TAIL = _WORDS["tails"]
# "Charged with", behind which the tail of a title begins.
_CHARGED = _WORDS["charged"]
_ADDRESSES = _WORDS["addresses"]
# Posts that are held "for" a place or a party; "(expressed) the secretary-general *about* X" is none.
_ELECTED = frozenset({"member_of_parliament", "deputy", "envoy", "member"})
# Deputies who are aides: none of them bears the name of a president.
_AIDES = _WORDS["aides"]
# "And his son-in-law", behind the title of somebody's aide; the word for a post, who holds it, and what stands before that verb.
_AND_KIN = frozenset(f"و{kin}{pronoun}" for kin in _WORDS["and_kin"] for pronoun in ("ه", "ها"))
# Offices whose holders have deputies, aides and spokesmen.
_MASTERS = frozenset({"head_of_state", "head_of_government", "minister", "leader"})
# Offices that the words of a title do not tell apart: the speaker of a parliament leads it, and is an officer of the state.
_BELOW = frozenset({"leader", "official"})
_POST = _WORDS["post"]
_HOLDS = _WORDS["holding"]
_WHO = _WORDS["who_holds"]


@dataclass(frozen=True)
class Bearers:
    """Finds the bearers of the titles of one text."""

    text: TitleText

    def staff_of(self, title: Title, number: int) -> Title | None:
        """ "Adviser of the president Putin, X": the person behind the title is the one whose aide he is, where the reference
        data knows him to have been president; the aide is the next one, over a comma."""
        name = self.text.names[number]
        aide = title.portfolio in {"adviser", "envoy"} or any(bare(w) in _AIDES for _, w in unclitic(self.text.folded(title.first)))
        if title.of or not aide or title.last - title.first < 2:
            return None
        heads = {row.office for person in name.ids for row in self.text.reference.by_person.get(person, ())}
        if len(name.ids) != 1 or not heads & {"head_of_state", "head_of_government"}:
            return None
        moved = replace(title, last=name.last, of=name.ids[0], of_name=None)
        k = name.last
        while k < min(name.last + MAX_TAIL, len(self.text.words)) and not self.text.words[k].stops and not self.text.words[k].gap.strip(SEPARATORS):
            if self.text.is_person(k) and self.text.words[k].gap.strip() in {"،", ","}:
                return replace(moved, name=self.text.name_at[k])
            if self._ends_tail(k) or k in self.text.name_at or self.text.words[k].folded.startswith("و"):
                break
            k += 1
        return replace(moved, name=None)

    def master_of(self, title: Title, inner: Title | None, number: int) -> list[Title]:
        """ "The spokesman of the Russian president X", "deputy of the premier X": the person behind the title bears the title within,
        where the reference data knows him in it and in no lower post there; the spokesman is the next one, over a comma."""
        name = self.text.names[number]
        rows = [row for person in name.ids for row in self.text.reference.by_person.get(person, ())] if len(name.ids) == 1 else []
        aide = title.office == "spokesperson" or title.portfolio in {"adviser", "envoy"} or any(bare(w) in _AIDES for _, w in unclitic(self.text.folded(title.first)))
        if inner is None or inner.office not in _MASTERS or not inner.of or not aide:
            return []
        serves = any((row.office, row.of) == (title.office, inner.of) and row.portfolio == title.portfolio for row in rows)
        if serves or not any((row.office, row.of) == (inner.office, inner.of) for row in rows):
            return []
        return [replace(title, name=self._over_comma(name)), replace(inner, name=number)]

    def _over_comma(self, name: Name) -> int | None:
        """The number of the name of the person right behind another and a comma."""
        k = name.last
        apart = k < len(self.text.words) and self.text.words[k].gap.strip() in {"،", ","}
        number = self.text.name_at.get(k) if apart and self.text.is_person(k) else None
        return number if number is not None and self.text.names[number].span.start == self.text.words[k].start else None

    def prince(self, title: Title) -> bool:
        """ "The prince", "the Saudi prince": one of many; "the emir of Qatar" is the head of that state."""
        return title.definite and "prince" in self.text.lexicon.head_classes(self.text.words, title.first)

    def reigns(self, name: Name, state: str) -> bool:
        """The person is known as the head of the state, or of any where none is named."""
        rows = [row for person in name.ids for row in self.text.reference.by_person.get(person, ())]
        return any(row.office == "head_of_state" and row.of == (state or row.of) for row in rows)

    def bearer(self, title: Title) -> int | None:
        """The number of the name of who bears the title."""
        k = self._qualified(title)
        while k < len(self.text.words) and self.text.separated(k) and self.text.folded(k) in self.text.lexicon.ranks:
            if k in self.text.name_at:
                break
            k += 1
        if k in self.text.name_at and self.text.words[k].gap.strip() in {"(", '"', "«", "“"}:
            aside = self.text.names[self.text.name_at[k]]
            if aside.type in {EntityType.ORGANIZATION, EntityType.COUNTRY} and self.text.is_person(aside.last):
                k = aside.last
        if self.text.is_person(k) and self.text.separated(k):
            name = self.text.names[self.text.name_at[k]]  # one with و before it is another person than the title's
            own = name.span.start == self.text.words[k].start and not self._appointed(name, title)
            return self.text.name_at[k] if own else None
        if (relative := self._and_kin(title)) is not None:
            return relative
        if (described := self._described(title)) is not None:
            return described
        return self._behind_tail(title) if self.text.folded(title.first - 1) not in _POST or title.first == 0 else self._holder(title)

    def _described(self, title: Title) -> int | None:
        """ "The Islamist president X", "the Russian liberal president X": behind adjectives who is known in such an office."""
        k = title.last
        if not title.definite or title.of_name is not None or title.owner[0]:
            return None
        while k < min(title.last + MAX_ADJECTIVES, len(self.text.words)) and self._adjective(k):
            k += 1
        if k > title.last and self.text.folded(k) == "من" and k + 1 in self.text.name_at:
            k = self.text.names[self.text.name_at[k + 1]].last  # "backed by Y"
        number = self.text.name_at.get(k) if k > title.last and self.text.is_person(k) and self.text.separated(k) else None
        if number is None or self.text.names[number].span.start != self.text.words[k].start:
            return None
        rows = [row for person in self.text.names[number].ids for row in self.text.reference.by_person.get(person, ())]
        return number if any(row.office == title.office and row.of == (title.of or row.of) for row in rows) else None

    def _adjective(self, k: int) -> bool:
        word = self.text.folded(k)
        if not self.text.words[k].joins or self.text.words[k].gap.strip() or k in self.text.name_at:
            return False
        head = self.text.lexicon.head_classes(self.text.words, k)
        party = word in self.text.lexicon.parties and bool(head)  # "the conservative", which is "the governor" elsewhere
        return (word.startswith("ال") and (not head or party)) or (word == "ولايته" and self.text.folded(k - 1).startswith("المنتهيه"))

    def _appointed(self, name: Name, title: Title) -> bool:
        """ "The president appointed X minister": the person behind the title, whom nobody knows in it, has another one behind his name."""
        k = name.last
        if k >= len(self.text.words) or not self.text.words[k].joins or not self.text.folded(k).endswith("ا") or self.text.folded(k).startswith("ال"):
            return False
        rows = [row for person in name.ids for row in self.text.reference.by_person.get(person, ())]
        alike = _BELOW if title.office in _BELOW else {title.office}
        return self.text.lexicon.heads.at(self.text.words, k) is not None and not any(row.office in alike for row in rows)

    def known_leader(self, t: Title) -> Title | None:
        """ "The leader of the rebels X", "the head of the electoral commission X": of the group, the commission that the reference
        data knows the bearer to lead."""
        k = t.last + 1
        if t.definite or not self.text.folded(t.last).startswith("ال") or t.last in self.text.name_at:
            return None
        while k < t.last + 1 + MAX_ADJECTIVES and k < len(self.text.words) and k not in self.text.name_at and self.text.words[k].joins and self.text.folded(k).startswith("ال"):
            k += 1
        if not self.text.is_person(k) or not self.text.separated(k):
            return None
        rows = [row for i in self.text.names[self.text.name_at[k]].ids for row in self.text.reference.by_person.get(i, ()) if row.office == "leader"]
        led = {row.of for row in rows if self._called(row.of, self.text.folded(t.last).removeprefix("ال"))}
        if k == t.last + 1 or self._group(t.last):
            led = led or {row.of for row in rows if self.text.reference.things[row.of].type is EntityType.ARMED_GROUP}
        if len(led) > 1:
            led &= {i for name in self.text.names for i in name.ids}
        return replace(t, last=k, office="leader", of=next(iter(led))) if len(led) == 1 else None

    def _group(self, k: int) -> bool:
        """ "(The leader of) the (extremist) organisation X": a noun that stands for a group."""
        found = self.text.lexicon.references.at(self.text.words, k)
        return found is not None and found[0] == "group"

    def _called(self, id: str, noun: str) -> bool:
        """What the id stands for is an organisation with a name that begins with the noun."""
        thing = self.text.reference.things[id]
        return thing.type is EntityType.ORGANIZATION and any(fold(name).split()[0].removeprefix("ال") == noun for name in thing.names)

    def _and_kin(self, title: Title) -> int | None:
        """ "The adviser of the president and his son-in-law X": one person."""
        k = title.last + 1
        kin = title.last < len(self.text.words) and self.text.words[title.last].joins and self.text.folded(title.last) in _AND_KIN
        kin = kin and title.portfolio != "member"  # "the former spy and his daughter X": two
        return self.text.name_at[k] if kin and title.of and self.text.is_person(k) and self.text.words[k].joins else None

    def _holder(self, title: Title) -> int | None:
        """ "X, who holds the post of …": the person before the verb, or right behind it."""
        k = title.first - 2
        number = next((n for n, name in enumerate(self.text.names) if name.last == k + 1 and name.type is EntityType.PERSON), None)
        if number is not None:
            k = self.text.names[number].first - 1
        while k >= 0 and self.text.folded(k) in _WORDS["as_well"]:
            k -= 1
        if k < 0 or self.text.folded(k) not in _HOLDS:
            return None
        while k > 0 and self.text.folded(k - 1) in _WHO:
            k -= 1
        before = next((n for n, name in enumerate(self.text.names) if name.last == k and name.type is EntityType.PERSON), None)
        return number if number is not None else before

    def _qualified(self, title: Title) -> int:
        """The word behind adjectives of a plural head that stand behind whose aides they are (كبير مستشاري الرئيس الأمنيين)."""
        k = title.last
        plural = any(self.text.folded(j).endswith(("ي", "ين")) for j in range(title.first, title.last))
        while plural and k < len(self.text.words) and self.text.words[k].joins and k not in self.text.name_at and _plural_adjective(self.text.folded(k)):
            k += 1
        return k

    def _behind_tail(self, title: Title) -> int | None:
        """The bearer behind a qualification: "the Russian ambassador in London X"."""
        k = title.last
        charged = self.text.folded(k - 1) in _CHARGED
        if k >= len(self.text.words) or not (charged or self.text.folded(k) in _TAIL or self.text.folded(k).startswith(("ل", "ب"))):
            return None
        if not self.text.words[k].joins or self.text.is_person(k) or (self.text.folded(k) == "عن" and title.portfolio not in _ELECTED):
            return None
        for j in range(k, min(k + MAX_TAIL, len(self.text.words))):
            if self._ends_tail(j):
                return None
            if j == k:
                continue
            gap = self.text.words[j].gap.strip(SEPARATORS.replace(",", "").replace("،", ""))
            if gap.strip("،,") or self.text.words[j].stops:
                return None
            if self.text.is_person(j):
                name = self.text.names[self.text.name_at[j]]
                return self.text.name_at[j] if name.span.start == self.text.words[j].start else None
        return None

    def _ends_tail(self, j: int) -> bool:
        """Words that cannot stand inside a qualification: another title, "with", a verb of speech's أن."""
        word = self.text.folded(j)
        if word in self.text.lexicon.ranks and any(self.text.is_person(k) for k in (j + 1, j + 2)):
            return False  # "the commander of the forces in X, General Y"
        if word in _ADDRESSES and self.text.is_person(j + 1):
            return False  # "the representative of X at the United Nations, Ambassador Y"
        if word.startswith("ي") and len(word) > 2 and j not in self.text.name_at:
            return True  # a verb: "the ambassador to X describes …"
        if word in _WORDS["ends_bearer"]:
            return True
        return j not in self.text.name_at and bool(self.text.lexicon.head_classes(self.text.words, j))


def given(title: Title, words: Sequence[Word]) -> bool:
    """A title in the accusative, indefinite, as that of who is appointed stands behind his name (عين فلانا وزيرا للعدل)."""
    word = words[title.first]
    return not word.folded.startswith("ال") and word.folded.endswith("ا") and title.span.start == word.start


def _plural_adjective(word: str) -> bool:
    return word.startswith("ال") and word.endswith("ين") and len(word) > 6
