class ReviewRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""
