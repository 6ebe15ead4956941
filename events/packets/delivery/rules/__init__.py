"""Pure functions on plain values: payout, content, rows of a file, sealing, letters."""
