"""Every table, by kind; other rooms take them from `analysis.schemas`.

Uses nothing of this package: it is among the lowest rooms.
"""
