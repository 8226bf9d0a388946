"""Who reads documents: worker processes of this machine, or a Ray cluster.

Knows how files are handed to readers and what a bad one may cost. Does not know what a reader does
with a file, nor what becomes of the result.
"""
