"""The pages of the explorer, a module each: from an address to an answer, and to a template."""
