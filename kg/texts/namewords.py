"""The words of the names of the reference data, as the analysis of a text wants to know them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.arabic import fold, strip_marks, unclitic
from kg.language.particles import PREPOSITIONS
from kg.model import EntityType
from kg.reference import Reference

# Pronouns written onto a preposition: between him, with them.
_PRONOUNS = frozenset({"ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي"})


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of names that the analysis of a text wants to know.

    `joined` are folded words of persons and places that begin like a proclitic and are no proclitic plus another such word
    (لافروف, بشار; not the بروسيا of "in Russia", nor بينه, "between him", of a Vietnamese name). `spelt` are all words as they are spelt; `whole` those of them that begin a name
    or stand in a person's: no proclitic is on them there.
    """

    joined: frozenset[str] = frozenset()
    spelt: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


def name_words(reference: Reference) -> NameWords:
    """The words of the names of a reference."""
    named = [(t.type, strip_marks(name).split()) for t in reference.things.values() for name in (*t.names, *t.short)]
    placed = {EntityType.PERSON, EntityType.PLACE, EntityType.COUNTRY}
    folded = {part for kind, words in named if kind in placed for word in words for part in fold(word).split()}
    return NameWords(
        frozenset(
            word
            for word in folded
            if len(word) > 3
            and word[0] in "وفبلكس"
            and not any(rest in folded for cut, rest in unclitic(word) if cut)
            and not any(word.removeprefix(preposition) in _PRONOUNS for preposition in PREPOSITIONS)
        ),
        frozenset(word for _, words in named for word in words),
        frozenset(word for kind, words in named for word in (words if kind is EntityType.PERSON else words[:1])),
    )
