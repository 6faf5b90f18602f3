"""The front page, the run of the notebooks, and the folder of a day.

Uses `evaluation` and all below it.
"""
