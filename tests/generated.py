"""Articles without end, made by a seed: the shapes of real graphs (so many mentions, claims and sentences an article, few
actors named often and many seldom), with names from the reference data and sentences that say nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from kg.graph import Settings, article_graph
from kg.model import (
    Article,
    Claim,
    Entity,
    EntityType,
    Extraction,
    Granularity,
    Mention,
    Modality,
    Origin,
    Polarity,
    Quotation,
    Run,
    Span,
    Time,
)
from kg.rdf.runs import run_triples
from kg.reference import shipped
from kg.store import Store
from kg.vocab import RELATIONS

RUN = Run("0.0.0", "none", (("generated", "1"),))
FIRST, DAYS = dt.date(2019, 1, 1), 1_000
OUTLETS = tuple(f"صحيفة {n}" for n in range(1, 13))
AGENCIES = ("(تاس)", "(رويترز)", "(سبوتنيك)")
# How often texts put a thing in which way, and how often they use a relation.
_MODALITIES = ((Modality.ASSERTED, 80), (Modality.PLANNED, 8), (Modality.REPORTED, 4), (Modality.HYPOTHETICAL, 3),
               (Modality.REQUESTED, 3), (Modality.DENIED, 2))  # fmt: skip
_USUAL = {"spoke_with": 8, "met_with": 10, "visited": 7, "head_of_state_of": 10, "minister_of": 8, "official_of": 6, "attacked": 5,
          "accused": 5, "warned": 4, "called_on": 4, "condemned": 4, "expressed_concern_about": 3}  # fmt: skip


@cache
def pool() -> dict[EntityType, tuple[list[Entity], list[float]]]:
    """The entities of the reference data by type, those before others named much oftener (Zipf), with cumulative weights."""
    chance, found = random.Random(5), {}
    for type in EntityType:
        things = [t for t in shipped().things.values() if t.type == type]
        chance.shuffle(things)
        entities = [Entity(f"ref:{t.id}", type, t.label_ar, t.label_en, False, tuple(t.names[:2]) or (t.label_ar,), t.wikidata) for t in things]
        entities = entities or [Entity(f"{type.value.lower()}:شيء {n}", type, f"شيء {n}") for n in range(30)]
        found[type] = (entities, list(accumulate(1 / (n + 1) for n in range(len(entities)))))
    return found


def _entity(chance: random.Random, types: frozenset[EntityType]) -> Entity:
    entities, weights = pool()[chance.choice(sorted(types))]
    return chance.choices(entities, cum_weights=weights)[0]


def extraction(number: int) -> Extraction:
    """The article of a number, always the same."""
    return _Maker(number).make()


def extractions(count: int) -> Iterator[Extraction]:
    return map(extraction, range(count))


class _Maker:
    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.id = f"article-{number:06}"
        self.text = f"خبر رقم {number}\n\n" + (f"موسكو {self.chance.choice(AGENCIES)} - " if number % 12 == 0 else "")
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.published = FIRST + dt.timedelta(days=self.chance.randrange(DAYS))

    def make(self) -> Extraction:
        title = self.text.partition("\n")[0]
        quotations = []
        for n in range(self.chance.randint(12, 26)):
            if n % 3 == 0:
                self._sentence()
            else:
                self._aside()
        start = len(self.text)
        self.text += "«كلام منقول بنصه»."
        quotations.append(Quotation(Span(start, len(self.text) - 1), self.claims[0].subject))
        article = Article(self.id, self.text, title, self.published, self.chance.choice(OUTLETS), f"https://news.example/{self.id}")
        return Extraction(article, tuple(self.entities.values()), tuple(self.mentions), tuple(self.claims), tuple(quotations))

    def _name(self, entity: Entity, words: str = "") -> Span:
        words = words or entity.label_ar
        span = Span(len(self.text), len(self.text) + len(words))
        self.text += words
        self.entities.setdefault(entity.key, entity)
        self.mentions.append(Mention(span, words, entity.type, Origin.GAZETTEER, entity.key))
        return span

    def _aside(self) -> None:
        """A sentence that names things and claims nothing."""
        self.text += "وذكر في الخبر أيضا "
        for n in range(self.chance.randint(1, 4)):
            self.text += " و" if n else ""
            self._name(_entity(self.chance, frozenset(EntityType)))
        self.text += ".\n"

    def _sentence(self) -> None:
        relation = RELATIONS[self.chance.choices(list(RELATIONS), [_USUAL.get(name, 1) for name in RELATIONS])[0]]
        start = len(self.text)
        subject = _entity(self.chance, relation.domain_types)
        object = _entity(self.chance, relation.range_types)
        self.text += "قيل إن "
        spans = [self._name(subject)]
        self.text += " فعل شيئا مع "
        trigger = Span(len(self.text) - len("فعل شيئا مع "), len(self.text) - 1)
        spans.append(self._name(object))
        self.text += " في ذلك اليوم."
        sentence = Span(start, len(self.text))
        self.text += "\n"
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            self._claim(subject, relation.name, object, sentence, spans, trigger)

    def _claim(self, subject: Entity, relation: str, object: Entity, sentence: Span, spans: list[Span], trigger: Span) -> None:
        modality = self.chance.choices([m for m, _ in _MODALITIES], [w for _, w in _MODALITIES])[0]
        speaker = self.chance.choice([*self.entities, "", "", ""])
        day = self.published - dt.timedelta(days=self.chance.randrange(5))
        if modality is Modality.PLANNED:
            day = self.published + dt.timedelta(days=self.chance.randrange(1, 60))
        time = Time(day, day, Granularity.DAY, "في ذلك اليوم", Span(sentence.end - 13, sentence.end - 1)) if self.chance.random() < 0.4 else None
        standing = RELATIONS[relation].kind == "standing"
        self.claims.append(
            Claim(
                self.id, subject.key, relation, object.key, f"{relation}-{self.chance.randint(1, 5):02}",
                round(self.chance.uniform(0.45, 0.95), 2), sentence,
                Polarity.NEGATIVE if self.chance.random() < 0.03 else Polarity.POSITIVE, modality, spans[0], trigger, spans[1],
                speaker, time=time, position="منصب" if standing and self.chance.random() < 0.5 else "",
            )
        )  # fmt: skip


def fill(store: Store, triples: int, settings: Settings | None = None) -> int:
    """Puts articles into the store until it holds so many triples; returns how many articles."""
    settings = settings or Settings()
    store.state("runs", run_triples(RUN, settings))
    number = 0
    while len(store) < triples:
        store.put([article_graph(extraction(n), RUN, settings) for n in range(number, number + 50)])
        number += 50
    return number
