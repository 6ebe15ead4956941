"""Pure functions on plain values: quotas, their periods and their cascade."""
