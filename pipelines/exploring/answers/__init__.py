"""What the explorer asks of the marts: one module a question, frozen values for answers."""
