"""Pure functions on plain values: what a comp plan is, what it pays, how it reads."""
