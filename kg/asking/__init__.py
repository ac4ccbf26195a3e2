"""Answers: names as people write them, results in many formats, HTTP, measures of the network."""
