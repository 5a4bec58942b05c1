"""Averages and spreads, computed exactly and rounded once."""

import math
from collections import Counter
from itertools import groupby


class StatisticsError(ValueError):
    pass


class _Ratio:
    """An exact sum of numbers as a fraction, and the class of the result."""

    def __init__(self, data):
        self.count = 0
        self.kind = int
        sums = {}
        for x in data:
            self.count += 1
            if isinstance(x, float):
                self.kind = float
                if not math.isfinite(x):
                    sums[None] = sums.get(None, 0.0) + x
                    continue
            n, d = x.as_integer_ratio()
            sums[d] = sums.get(d, 0) + n
        self.special = sums.pop(None, None)
        self.denominator = math.lcm(*sums) if sums else 1
        self.numerator = sum(n * (self.denominator // d) for d, n in sums.items())


def _quotient(n, d, kind):
    """n / d as a float, or as an int where all numbers were and it is one."""
    if kind is int and n % d == 0:
        return n // d
    return n / d


def _listed(data):
    return data if isinstance(data, (list, tuple)) else list(data)


def mean(data):
    total = _Ratio(data)
    if total.count < 1:
        raise StatisticsError("mean requires at least one data point")
    if total.special is not None:
        return total.special / total.count
    return _quotient(total.numerator, total.denominator * total.count, total.kind)


def fmean(data, weights=None):
    data = _listed(data)
    if weights is None:
        if not data:
            raise StatisticsError("fmean requires at least one data point")
        return math.fsum(data) / len(data)
    weights = _listed(weights)
    if len(weights) != len(data):
        raise StatisticsError("data and weights must be the same length")
    total = math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return math.fsum(x * w for x, w in zip(data, weights)) / total


def geometric_mean(data):
    try:
        return math.exp(fmean([math.log(x) for x in data]))
    except ValueError:
        raise StatisticsError(
            "geometric mean requires a non-empty dataset containing positive numbers"
        ) from None


def harmonic_mean(data, weights=None):
    data = _listed(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if any(x < 0 for x in data):
        raise StatisticsError("harmonic mean does not support negative values")
    weights = [1] * len(data) if weights is None else _listed(weights)
    if any(x == 0 for x in data):
        return 0
    if len(data) == 1:
        return data[0]
    n, d = 0, 1
    for x, w in zip(data, weights):
        xn, xd = x.as_integer_ratio()
        wn, wd = w.as_integer_ratio()
        n, d = n * (xn * wd) + wn * xd * d, d * xn * wd
    wn, wd = 0, 1
    for w in weights:
        a, b = w.as_integer_ratio()
        wn, wd = wn * b + a * wd, wd * b
    kind = float if any(isinstance(x, float) for x in data) else int
    return _quotient(wn * d, wd * n, kind)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else data[n // 2 - 1]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def mode(data):
    pairs = Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]


def multimode(data):
    counts = Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    if method == "inclusive":
        m = size - 1
        result = []
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == "exclusive":
        m = size + 1
        result = []
        for i in range(1, n):
            j = i * m // n
            j = 1 if j < 1 else size - 1 if j > size - 1 else j
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f"Unknown method: {method!r}")


def _squares(data, center):
    """The exact sum of squared distances from the mean or from `center`, as n, d, count and class."""
    data = _listed(data)
    total = _Ratio(data)
    if total.count == 0:
        return 0, 1, 0, int
    if center is None:
        cn, cd = total.numerator, total.denominator * total.count
    else:
        cn, cd = center.as_integer_ratio()
    n, d = 0, 1
    for x in data:
        xn, xd = x.as_integer_ratio()
        yn, yd = xn * cd - cn * xd, xd * cd
        g = math.gcd(yn, yd)
        yn, yd = yn // g, yd // g
        n, d = n * (yd * yd) + yn * yn * d, d * (yd * yd)
        g = math.gcd(n, d)
        n, d = n // g, d // g
    return n, d, total.count, total.kind


def variance(data, xbar=None):
    n, d, count, kind = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _quotient(n, d * (count - 1), kind)


def pvariance(data, mu=None):
    n, d, count, kind = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _quotient(n, d * count, kind)


def _root(n, d):
    """The square root of n / d, correctly rounded."""
    if n == 0:
        return 0.0
    shift = 2 * 120 + 2 * max(0, (d.bit_length() - n.bit_length()) // 2)
    root = math.isqrt((n << shift) // d)
    root |= root * root * d != n << shift
    return root / (1 << (shift // 2))


def stdev(data, xbar=None):
    n, d, count, _ = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(n, d * (count - 1))


def pstdev(data, mu=None):
    n, d, count, _ = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(n, d * count)


def covariance(x, y, /):
    x, y = _listed(x), _listed(y)
    n = len(x)
    if len(y) != n:
        raise StatisticsError("covariance requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError("covariance requires at least two data points")
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    return math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)) / (n - 1)


def correlation(x, y, /):
    x, y = _listed(x), _listed(y)
    n = len(x)
    if len(y) != n:
        raise StatisticsError("correlation requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError("correlation requires at least two data points")
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    sxy = math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y))
    sxx = math.fsum((xi - xbar) ** 2.0 for xi in x)
    syy = math.fsum((yi - ybar) ** 2.0 for yi in y)
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None
