"""What stands where around a word: units, arguments, coordination, apposition, annexation."""
