"""The demo company: Meridane sells fleet software for cold chains. Deterministic for a seed."""
