"""What ``make bench-growth`` is made of: forged sources, clones of them, children that are timed.

Knows the command, the staging tables and the documents that the project prints. Does not know how
anything is read, loaded or built: what measures a thing must not agree with it beforehand.
"""
