class CommitmentRefused(Exception):
    """Nothing was promised or answered. The message is fit to show to the person."""
