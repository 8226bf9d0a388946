"""From recognised forms and paragraphs to a ``Disclosure``: figures, claims, identification.

Knows amounts, codes, labels, units and how departments name themselves. Does not know files'
formats, nor how anything is stored.
"""
