"""Answers questions about a built warehouse: its state, its findings, the story of a figure.

Knows the marts and how people like to read them. Does not change the warehouse.
"""
