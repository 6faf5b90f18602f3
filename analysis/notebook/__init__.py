"""The face of the package for notebooks: `open_corpus`, `open_evaluation` and what hangs on them.

Its classes are the one place where helpers are methods, so that an analyst finds them by typing `corpus.`.
Uses `workbench`, `briefing` and all below them.
"""
