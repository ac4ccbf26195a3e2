"""Closed classes of words, folded, as the reading of clauses needs them: prepositions, subordinators, adverbs, nouns that are
seen through, nouns that stand for several or for what goes on. The words and what each class is stand in
kg/data/lexicon/particles.toml; marks of punctuation stand here."""

from __future__ import annotations

from kg.language.wordclasses import shipped

_CLASSES = shipped("particles")

QUOTATION_MARKS = {'"', "«", "“", "'"}
COMMAS = {"،", ","}
STOPS = {".", ":", "؛", ";", "!", "?", "؟", "…", ".."}
# Tokens to the right of a word that are read at most.
REACH = 30

OFFICES = _CLASSES["offices"]
ENVOYS = _CLASSES["envoys"]
THAT = _CLASSES["that"]
NOT = _CLASSES["not"]
RELATIVES = _CLASSES["relatives"]
SUBORDINATORS = _CLASSES["subordinators"]
TRANSPARENT = _CLASSES["transparent"]
SOIL = _CLASSES["soil"]
OUTRAGES = _CLASSES["outrages"]
HITTING = _CLASSES["hitting"]
STRUCK = _CLASSES["struck"]
GOING_OFF = _CLASSES["going_off"]
SEVERAL = _CLASSES["several"]
NEIGHBOURS = _CLASSES["neighbours"]
SAID_TO_BE = _CLASSES["said_to_be"]
ADVERBS = _CLASSES["adverbs"]
MANNER = _CLASSES["manner"]
ALL = _CLASSES["all"]
PLAIN_PARTICIPLES = _CLASSES["plain_participles"]
CONTACTS = _CLASSES["contacts"]
COLLECTIVES = _CLASSES["collectives"]
ALLIES = _CLASSES["allies"]
ATTENDED = _CLASSES["attended"]
HOMES = _CLASSES["homes"]
SITUATIONS = _CLASSES["situations"]
DELEGATIONS = _CLASSES["delegations"]
LEADING = _CLASSES["leading"]
NO_ARTICLE = _CLASSES["no_article"]
NOUN_PREPOSITIONS = _CLASSES["noun_prepositions"]
DAYS = _CLASSES["days"]
WAS = _CLASSES["was"]
CALLED_LINKS = _CLASSES["called_links"]
CALLING = _CLASSES["calling"]
MEN_TOGETHER = _CLASSES["men_together"]
ANY = _CLASSES["any"]
DECISIONS = _CLASSES["decisions"]
EXPELLED = _CLASSES["expelled"]
PLURAL_PRONOUNS = _CLASSES["plural_pronouns"]
NEED = _CLASSES["need"]
OBLIGING = _CLASSES["obliging"]
UNDERGOING = _CLASSES["undergoing"]
PASSED = _CLASSES["passed"]
SHORTENING = _CLASSES["shortening"]
APPEALS = _CLASSES["appeals"]
# Prepositions, and phrases of several words that serve as one, with the preposition that each is read as.
PREPOSITIONS = {word: reads for (word,), reads in _CLASSES.readings("prepositions").items()}
COMPOUND = _CLASSES.readings("phrases")
