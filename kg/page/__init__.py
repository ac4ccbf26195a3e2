"""The interactive page: what is shown, where it lies."""
