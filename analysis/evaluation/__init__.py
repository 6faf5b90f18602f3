"""How often the readings are right: measured rates, and episodes whose history is known.

Uses `findings` and all below it.
"""
