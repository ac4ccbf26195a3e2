"""Which entity a mention denotes: keys of names, offices and who held them, what nouns take up."""
