class OrgRefused(Exception):
    """The organisation stays as it is. The message is fit to show to a planner."""
