"""Names in the text: from the reference data, from the models, from the words around them."""
