"""Student's t: how far a mean of few measurements may be off, worked out without tables.

With t = sqrt(df) tan(a), the probability between 0 and t is an integral of cos(a)^(df - 1), which
Simpson's rule gives to ten digits for any degrees of freedom from 1 on, whole or not.
"""

from math import atan, cos, exp, lgamma, pi, sqrt

PANELS = 64
HALVINGS = 44
MIDDLE = 0.95
FURTHEST = 13.0
"""No quantile for the middle 95 % lies further out: it is 12.71 with one degree of freedom."""


def t_of_middle(freedom: float) -> float:
    """Return within which t the middle 95 % lies, for degrees of freedom from 1 on."""
    low, high = 0.0, FURTHEST
    for _ in range(HALVINGS):
        t = (low + high) / 2
        low, high = (t, high) if _between(t, freedom) < MIDDLE else (low, t)
    return (low + high) / 2


def _between(t: float, freedom: float) -> float:
    """Return the probability that lies between -t and t."""
    width = atan(t / sqrt(freedom)) / PANELS
    weights = [1, *(4 if n % 2 else 2 for n in range(1, PANELS)), 1]
    total: float = sum(w * float(cos(n * width) ** (freedom - 1)) for n, w in enumerate(weights))
    scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(pi)
    return 2 * scale * total * width / 3
