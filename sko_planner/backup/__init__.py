"""What belongs together, taken away from this machine and brought back: `docs/backup.md`."""
