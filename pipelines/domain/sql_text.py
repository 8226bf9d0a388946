"""How a text is written in SQL, where no value can be bound to a statement.

Knows one rule. Does not know any statement.
"""


def quoted(value: object) -> str:
    """A text, or what is written as one, in quotes.

    Examples:
        >>> quoted("it's")
        "'it''s'"
    """
    return "'{}'".format(str(value).replace("'", "''"))
