"""What every room raises when a person, not a programmer, has to act.

Knows that such an error is one line: what is wrong, where, and what to do next. Does not know
any of the causes; each room derives its own.
"""

from pipelines.domain.messages import Text


class ExplainedError(Exception):
    """An expected failure whose message is written for the person who runs the pipeline.

    Attributes:
        text: The message; as ``str`` the error is the message as it is written, for logs.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        """Take a message, ``{name}`` in place of each field."""
        self.text = Text(template, fields)
        super().__init__(str(self.text))

    def told(self) -> str:
        """The message in the language of the answer."""
        return self.text.told()
