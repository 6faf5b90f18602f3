"""Tables for people: what was read, in plain words, each row with its source.

Uses findings and everything below it. `columns` declares every table and explains every column; each
of the other modules fills one table.
"""
