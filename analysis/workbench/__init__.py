"""What an analyst works with in a notebook: explorers, the reading pane, forms, and the dashboard.

Uses `evaluation` and all below it.
"""
