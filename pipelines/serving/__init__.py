"""The explorer: answers as pages that a browser shows.

Knows HTTP, HTML, cookies and addresses. Knows no SQL: what a page tells is asked of
``pipelines/exploring``.
"""
