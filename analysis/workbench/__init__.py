"""What an analyst works with in a notebook: explorers, forms, the reading pane, the dashboard.

Uses `evaluation` and all below it.
"""
