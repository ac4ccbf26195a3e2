"""Governments and regimes behind the heads of titles: whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.language.wordclasses import shipped
from kg.model import EntityType, Title
from kg.posts.titletext import TitleText
from kg.posts.wholes import Wholes

_WORDS = shipped("titlewords")
# What the head of a state is head of besides, where an adjective says of which: the regime, the (national) authority.
_REGIMES = _WORDS.phrases("regimes")


@dataclass(frozen=True)
class Governments:
    """Reads the governments that the titles of one text are of."""

    text: TitleText
    wholes: Wholes

    def of_regime(self, t: Title) -> Title | None:
        """ "The head of the Syrian regime", "the guide of the Iranian regime": the head of that state."""
        after = self.text.phrase(t.last, _REGIMES)
        nisba = self.wholes.nisba(after, True) if after and after < len(self.text.words) and self.text.words[after].joins else None
        return self.wholes.placed(replace(t, office="head_of_state"), nisba) if nisba and nisba.type is EntityType.COUNTRY else None

    def own_government(self, k: int, body: int) -> bool:
        """The words are the name of a government that is not simply that of its state: the Government of National Accord."""
        number = self.text.name_at.get(k)
        if number is None or self.text.names[number].last <= body:
            return False
        return not self.wholes.nisba(body, True) and self.text.name_at.get(body) is None

    def government_of_another(self, k: int) -> int | None:
        """ "The Palestinian government of national accord": a name of a government of one state with the adjective of another."""
        number = self.text.name_at.get(k)
        if number is None or not self.text.folded(k).startswith("حكومه"):
            return None
        name = self.text.names[number]
        behind = self.wholes.nisba(name.last, True) if name.last < len(self.text.words) and self.text.words[name.last].joins else None
        thing = self.text.reference.things.get(name.ids[0]) if len(name.ids) == 1 else None
        return name.last if behind and thing and thing.country not in {"", behind.id} else None
