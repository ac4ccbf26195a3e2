"""kg: Arabic news in, a knowledge graph that analysts can trust out."""

__version__ = "0.1.0"
