"""juesuan: from published budgets and final accounts to a warehouse that can be trusted.

Each sub-package is a room of the pipeline; a figure travels through them in one direction,
``reading`` → ``recognising`` → ``normalising`` → ``warehouse`` → dbt → ``auditing``.
"""
