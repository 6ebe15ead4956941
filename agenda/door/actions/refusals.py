class DoorRefused(Exception):
    """The door stays as it is. The message is fit to show."""
