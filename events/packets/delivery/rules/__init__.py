"""Pure functions on plain values: content, rows of a file, sums, rounds, signing."""
