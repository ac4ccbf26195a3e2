"""The recipe that makes the shipped models. Nothing of it is needed to use them."""
