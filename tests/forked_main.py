"""Says that the main module of processes from which commands are forked is a file, as theirs is.

Where it is none, DuckDB takes the process for one that somebody types into as it is imported, and
shows among the answers how far long queries are.
"""

import sys

sys.modules["__main__"].__file__ = __file__
