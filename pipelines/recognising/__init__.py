"""Which standard form a table is, and what each of its rows and columns measures.

Knows the forms. Knows nothing of files; what a province calls a form, a column or a line is data
in ``data/``, not code.
"""
