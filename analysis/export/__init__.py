"""Readable tables become files for other programs: Excel, CSV, Parquet, JSON Lines.

Uses readable and everything below it. Nothing in a cell is ever a formula, whatever an article says.
"""
