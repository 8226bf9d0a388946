"""A cost is found again from a few of its points, and what is not known is not claimed."""

import pytest

from tests.growth.fitting import Fit, fit_growth

SIZES = (100, 1_000, 10_000)


def costs(fit: Fit, noise: tuple[float, ...] = (1, 1, 1)) -> list[tuple[float, float]]:
    return [(size, fit.at(size) * factor) for size, factor in zip(SIZES, noise, strict=True)]


@pytest.mark.parametrize(
    "true",
    [
        Fit(0, 0.05, 1),
        Fit(12, 0.05, 1),
        Fit(5, 0.002, 1.4),
        Fit(20, 0.5, 0.5),
        Fit(0, 3e-6, 2),
    ],
    ids=str,
)
def test_a_cost_is_found_again(true):
    found = fit_growth(costs(true)).best
    assert found.exponent == pytest.approx(true.exponent, abs=0.011)
    assert found.at(3_000_000) == pytest.approx(true.at(3_000_000), rel=0.03)


def test_noise_widens_what_is_possible_around_the_truth():
    true = Fit(12, 0.05, 1)
    growth = fit_growth(costs(true, noise=(1.02, 0.98, 1.02)))
    least, most = growth.between(3_000_000)
    assert least < true.at(3_000_000) < most
    assert growth.exponents[0] < 1 < growth.exponents[1]


def test_a_cost_that_does_not_grow_is_constant():
    growth = fit_growth([(100, 12.0), (1_000, 11.9), (10_000, 11.8)])
    assert growth.best.at(3_000_000) == pytest.approx(11.9, rel=0.01)


def test_no_cost_is_ever_negative():
    growth = fit_growth([(100, 1.0), (1_000, 200.0), (10_000, 30_000.0)])
    assert all(fit.fixed >= 0 and fit.factor >= 0 for fit in growth.possible)


def test_two_sizes_are_a_straight_line():
    growth = fit_growth([(100, 30.0), (300, 50.0)])
    assert growth.possible == (growth.best,)
    assert growth.best.exponent == 1
    assert growth.best.at(1_000) == pytest.approx(120)


def test_one_size_is_a_price_for_each():
    assert fit_growth([(100, 30.0)]).best.at(1_000) == pytest.approx(300)


@pytest.mark.parametrize("points", [[], [(100, 0.0)], [(100, 1.0), (200, -1.0)]], ids=str)
def test_what_cannot_be_fitted_is_refused(points):
    with pytest.raises(ValueError, match="a fit needs points"):
        fit_growth(points)
