"""Pure functions on plain values: what a letter says, its look, its pages, its seal."""
