"""The face of the package for notebooks: `open_corpus`, `open_evaluation` and what they return.

Only here are helpers methods, so that an analyst finds them by typing `corpus.` and pressing Tab.
Uses `workbench`, `briefing` and all below them.
"""
