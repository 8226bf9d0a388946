"""What is done in which order: one update of the warehouse, one night.

Calls the rooms before it. Does not know command lines or Dagster, both of which call it.
"""
