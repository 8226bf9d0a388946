"""What every room raises when a person, not a programmer, has to act.

Knows that such an error is one line: what is wrong, where, and what to do next. Does not know
any of the causes; each room derives its own.
"""


class ExplainedError(Exception):
    """An expected failure whose message is written for the person who runs the pipeline."""
