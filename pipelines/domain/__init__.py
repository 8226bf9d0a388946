"""The value types that the rooms hand to one another.

Frozen, without behaviour beyond their own consistency, standard library only. What a province
calls a column, how a file is read and where a row is stored are not known here.
"""
