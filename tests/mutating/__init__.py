"""Changes the project one sign, bound or condition at a time, and asks which of its tests notice."""
