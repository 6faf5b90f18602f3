"""Every table, by kind, and the quick check of one; other rooms take them from `analysis.schemas`.

Uses nothing of this package: it is among the lowest rooms.
"""
