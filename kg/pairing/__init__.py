"""Which subject goes with which object of a trigger."""
