"""Standing facts: posts, parts, capitals and borders, kinship."""
