"""The raw store: which files lie under the raw directory, and what their bytes are.

Knows paths, sizes and digests. Does not know what a file contains.
"""
