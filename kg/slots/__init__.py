"""The slots of a trigger, from the tree and from the order of words."""
