"""The steps of the pipeline as Dagster sees them: assets, checks, the job and its schedule.

Knows Dagster, and is the only package that does. Does not know how anything is read, built or
judged: each asset calls what the ``juesuan`` command calls.
"""
