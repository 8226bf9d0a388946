"""Fits how a cost grows with the number of documents.

Knows powers and straight lines. Does not know what is paid for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""A number of documents, and what they cost."""

EXPONENTS = tuple(step / 100 for step in range(10, 251))
# Processor seconds of the same build differ by so much from one time to the next.
TOLERATED = 0.05


@dataclass(frozen=True, slots=True)
class Fit:
    """A cost as ``fixed + factor · documents ^ exponent``."""

    fixed: float
    factor: float
    exponent: float

    def at(self, documents: float) -> float:
        """The cost of so many documents."""
        return float(self.fixed + self.factor * documents**self.exponent)

    def miss(self, points: Sequence[Point]) -> float:
        """By what part of a cost the fit is off where it is off most."""
        return max(abs(self.at(documents) / cost - 1) for documents, cost in points)


@dataclass(frozen=True, slots=True)
class Growth:
    """All fits that what was measured does not rule out.

    Attributes:
        best: The one that misses least.
        possible: All that miss no cost by more than what is tolerated, or no more than the best.
    """

    best: Fit
    possible: tuple[Fit, ...]

    def between(self, documents: float) -> tuple[float, float]:
        """The least and the most that so many documents may cost."""
        costs = [fit.at(documents) for fit in self.possible]
        return min(costs), max(costs)

    @property
    def exponents(self) -> tuple[float, float]:
        """The least and the greatest exponent."""
        exponents = [fit.exponent for fit in self.possible]
        return min(exponents), max(exponents)


def fit_growth(points: Sequence[Point], tolerated: float = TOLERATED) -> Growth:
    """Fit costs that are never negative; two sizes tell no exponent and are a straight line.

    Raises:
        ValueError: There is no point, or a cost that is not above 0.

    Examples:
        >>> growth = fit_growth([(100, 30), (1000, 120), (10000, 1020)])
        >>> round(growth.best.fixed), growth.best.factor, growth.best.exponent
        (20, 0.1, 1.0)
    """
    if not points or min(cost for _, cost in points) <= 0:
        raise ValueError("a fit needs points, and costs above 0")
    exponents = EXPONENTS if len({documents for documents, _ in points}) > 2 else (1.0,)
    fits = sorted(
        (_fit_line(points, exponent) for exponent in exponents), key=lambda fit: fit.miss(points)
    )
    best = fits[0]
    limit = max(tolerated, best.miss(points))
    return Growth(best, tuple(fit for fit in fits if fit.miss(points) <= limit))


def _fit_line(points: Sequence[Point], exponent: float) -> Fit:
    """The line through (documents ^ exponent, cost) that is off least, relative to the costs.

    Least squares of ``fixed · u + factor · v - 1`` with u = 1 / cost and v = power / cost.
    """
    inverse = [1 / cost for _, cost in points]
    scaled = [documents**exponent / cost for documents, cost in points]
    uu, vv = sum(u * u for u in inverse), sum(v * v for v in scaled)
    uv = sum(u * v for u, v in zip(inverse, scaled, strict=True))
    u_sum, v_sum = sum(inverse), sum(scaled)
    determinant = uu * vv - uv * uv
    if len(points) > 1 and determinant > 0:
        fixed = (u_sum * vv - v_sum * uv) / determinant
        factor = (v_sum * uu - u_sum * uv) / determinant
        if fixed >= 0 and factor >= 0:
            return Fit(fixed, factor, exponent)
        if factor < 0:
            return Fit(u_sum / uu, 0.0, exponent)
    return Fit(0.0, v_sum / vv, exponent)
