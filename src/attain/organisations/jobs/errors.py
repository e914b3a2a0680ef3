"""What goes wrong with jobs."""


class LeaseLostError(Exception):
    """The job was given to somebody else meanwhile: whoever meets this stops without a trace."""
