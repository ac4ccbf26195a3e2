"""The text of an article before the analysis reads it, and analyses in files."""
