"""Pure functions on plain values: who owns which account, and how even that is."""
