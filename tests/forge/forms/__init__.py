"""The nine standard forms: how each is laid out from a ledger in a house style.

Knows headers, row order and canonical measures. Does not know file formats.
"""
