"""The explorer on a small warehouse of invented bodies."""
