"""Pure functions on plain values: what a letter says, and its look."""
