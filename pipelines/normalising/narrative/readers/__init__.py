"""Readers of phrases, one for each sort.

Each takes a phrase, what has been named so far and what stands around it, makes the claims of the
phrase and returns what has been named then.
"""
