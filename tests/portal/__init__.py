"""Government sites on loopback: four content management systems, and everything that goes wrong.

Imports nothing of what is tested.
"""
