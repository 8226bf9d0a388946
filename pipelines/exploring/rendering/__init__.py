"""Shows answers in a terminal or a pipe: aligned tables, money with its unit, a line a finding."""
