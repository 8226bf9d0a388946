"""For every identity that fails: does the document contradict itself, and which figure is wrong?

Knows the second reading, the search for the smallest explanation and how typing slips look. Does
not evaluate identities: dbt has done so.
"""
