"""Pure rules of a roster: addresses from a pattern, and what a file makes of the company."""
