"""What is common to all indicators: from how many stories on a value may be compared."""

from typing import Final

MINIMUM_STORIES: Final = 10
"""A value from fewer stories is not compared. With 5 hostile stories of 10 the 95% interval of a share still
runs from 0.24 to 0.76 (Wilson); with fewer stories it covers most of the scale."""
