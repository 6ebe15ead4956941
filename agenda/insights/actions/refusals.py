class InsightRefused(Exception):
    """Nothing was done. The message is fit to show."""
