"""Beside the graph of an article: happenings, background, provenance, terms and SPARQL."""
