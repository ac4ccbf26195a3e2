"""Measuring against gold: relations and entities."""
