"""The DuckDB warehouse: connection, staging schema and loads.

Stores what earlier rooms hand over. Does not decide what any of it means: dbt does.
"""
