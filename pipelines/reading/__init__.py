"""From bytes to a ``Document``: one reader per kind of file, chosen by content.

Knows files, geometry and text. Knows nothing of forms, budgets or money.
"""
