"""Gradient descent, for the two fits whose model scikit-learn does not have."""

from collections.abc import Callable

import numpy as np

STEPS = 200


def descend(start: np.ndarray, gradient: Callable[[np.ndarray], np.ndarray], *, rate: float) -> np.ndarray:
    """Adam from hand-set values in a fixed number of steps, so that nothing is random.

    Source: Kingma and Ba 2015, algorithm 1, with its decay rates.

    Args:
        start: values set by hand.
        gradient: of the loss, at given values.
        rate: size of a step.
    """
    values, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = gradient(values)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        values -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return values
