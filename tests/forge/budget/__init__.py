"""Budgets of invented departments: their books, their nine forms and their narrative.

Knows how budgets differ from final accounts. What both have in common is the forge's.
"""
