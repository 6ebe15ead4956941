"""Forms of quota planning: clean input, never save."""
