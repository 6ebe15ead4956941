class PacketRefused(Exception):
    """The packet was not changed. The message is fit to show."""
