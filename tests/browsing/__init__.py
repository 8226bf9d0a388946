"""What ``make bench-explore`` and the tests in a browser are made of: explorer, browser, visits.

Knows the command, the marts and the addresses that the project documents. Does not know how a page
is made: what measures a thing must not agree with it beforehand.
"""
