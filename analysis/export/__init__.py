"""Readable tables become files to take along: Excel, CSV, Parquet, JSON Lines.

Uses readable and everything below it. Nothing in a cell is ever a formula, whatever an article says.
"""
