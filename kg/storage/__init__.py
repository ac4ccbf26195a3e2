"""Stores, dumps and exports, and the validation of what is in them."""
