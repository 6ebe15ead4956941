class RecordRefused(Exception):
    """Nothing was kept, deleted or handed out. The message is fit to show."""
