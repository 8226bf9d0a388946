"""The narrative as data: sections and the claims made in them.

Knows headings and fiscal wording. Does not know forms.
"""
