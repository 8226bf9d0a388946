"""The forge: disclosures whose truth is known, for tests and for the sample documents.

Knows how an invented department's ledger is printed in the house styles of real publishers, and
records every figure and claim as it prints it. Must not know how the pipeline reads: nothing
here imports the rooms that are being tested.
"""
