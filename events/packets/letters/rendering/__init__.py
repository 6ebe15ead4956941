"""How a letter becomes a file: its pages, its typeface, its seal. Reads settings, files and the
clock, and no table."""
