"""Families of who is called by a title: "the daughter of the American president X", "the adviser of the president and his son-in-law X"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kg.arabic import fold
from kg.inventory import RELATIONS
from kg.language.wordclasses import shipped
from kg.model import Article, Claim, Entities, EntityType, Mention, Post, Span
from kg.names.kin import kin_before
from kg.reference import Reference
from kg.syntax.clauses import Reading

_WORDS = shipped("standing")
# Words of kinship, folded, as they stand before a pronoun.
_CHILDREN = _WORDS["children"]
_KIN = _CHILDREN | _WORDS["relatives"]


@dataclass(frozen=True)
class Kinship:
    """Reads the relatives in the titles of one article."""

    article: Article
    entities: Entities
    reading: Reading
    reference: Reference

    def claims(self) -> Iterator[Claim]:
        """All of them."""
        for post in self.entities.posts:
            yield from self._joined(post)
            relation = kin_before(self.article.text, post.title.start)
            relative = (self._before(post) or self._after(post) if post.name.start >= post.title.end else self._behind(post)) if relation else None
            if relative is not None and relative.key != post.person:
                yield self._claim(post, relation, relative.key, relative.span, post.person, "kin-02")

    def _joined(self, post: Post) -> Iterator[Claim]:
        """ "The adviser of the American president and his son-in-law X": of the president of the day, whom the title does not name."""
        words = fold(self.article.text[post.title.end : post.name.start]).split()
        if len(words) != 1 or not words[0].startswith("و") or words[0][1:].removesuffix("ها").removesuffix("ه") not in _KIN:
            return
        title = fold(self.article.cut(post.title))
        office = "head_of_government" if "الوزراء" in title or "الحكومه" in title else "head_of_state" if "الرييس" in title else ""
        heads = self._heads(office, post.of.removeprefix("ref:"), self.article.published) if office else ()
        relation = "child_of" if words[0][1:].removesuffix("ها").removesuffix("ه") in _CHILDREN else "relative_of"
        if len(heads) == 1 and f"ref:{heads[0]}" != post.person:
            yield self._claim(post, relation, post.person, post.name, f"ref:{heads[0]}", "kin-01")

    def _before(self, post: Post) -> Mention | None:
        """ "X, the son of the former president Y": the person before the noun of kinship, which a comma may divide from him."""
        if set(self.article.text[post.title.end : post.name.start]) & set("،,"):
            return None
        lead = self.article.text[: post.title.start].rstrip()
        ahead = lead[: len(lead) - len(lead.split()[-1])].rstrip(" ،,")
        return next((m for m in self._persons() if m.span.end == len(ahead)), None)

    def _after(self, post: Post) -> Mention | None:
        """ "The wife of the president X, Y", "the son-in-law of the president X, the minister of finance Y": the person behind the
        head of the family, over a comma or a title of his own; not one behind "and"."""
        text = self.article.text
        titles = {p.title.start: p.name for p in self.entities.posts if p.name.start >= p.title.end}
        for gap in range(1, 4):
            at = post.name.end + gap
            between = text[post.name.end : at]
            if between.strip(" ،,"):
                return None
            named = titles.get(at)
            found = next((m for m in self._persons() if m.span == named or (m.span.start == at and {"،", ","} & set(between))), None)
            if found is not None:
                return found
        return None

    def _behind(self, post: Post) -> Mention | None:
        """ "The daughter of the American president X": the person right behind the title, who is not the president."""
        gaps = (post.title.end + 1, post.title.end + 2)
        return next((m for m in self._persons() if m.span.start in gaps and not self.article.text[post.title.end : m.span.start].strip(" ،,")), None)

    def _persons(self) -> Iterator[Mention]:
        return (m for m in self.entities.mentions if m.type is EntityType.PERSON)

    def _heads(self, office: str, state: str, day: dt.date | None) -> tuple[str, ...]:
        """Who headed the state on the day; of an article without one, who is named in it of those that ever did."""
        if day is not None:
            return self.reference.holders(office, state, day)
        named = {m.key.removeprefix("ref:") for m in self.entities.mentions}
        return tuple(dict.fromkeys(r.person for r in self.reference.by_office.get((office, state), ()) if r.person in named))

    def _claim(self, post: Post, relation: str, one: str, span: Span, other: str, rule: str) -> Claim:
        return Claim(
            self.article.id, one, RELATIONS[relation].name, other, rule, 0.85, self.reading.sentence(post.title), subject_span=span, trigger=post.title,
        )  # fmt: skip
