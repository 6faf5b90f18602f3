"""What an analyst works with in a notebook: explorers, the reading pane and forms.

Uses `evaluation` and all below it.
"""
