"""Changes the project one sign, bound or condition at a time, and asks which tests notice."""
