"""Arabic as language: shapes of words, closed classes, acts of speech, gender, Latin letters."""
