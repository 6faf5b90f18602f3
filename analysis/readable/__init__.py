"""Tables for people: what was read, a row for each thing, in plain words and with its source.

Uses findings and everything below it. `columns` declares every table and explains every column; the other
modules fill them, one module for each table.
"""
