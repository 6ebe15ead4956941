"""What is kept, for how long, and what is handed out: pure functions."""
