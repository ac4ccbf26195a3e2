"""Posts in the text: titles before and behind names, what they are of, who bears them."""
