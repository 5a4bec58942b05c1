# functools: wrapping, caching, partial application, ordering, dispatch.
import functools
from functools import cache, cached_property, lru_cache, partial, reduce, singledispatch, total_ordering, wraps


def log(f):
    @wraps(f)
    def inner(*args, **kwargs):
        """Inner."""
        print("call", f.__name__, args, kwargs)
        return f(*args, **kwargs)

    return inner


@log
def add(a, b=1):
    """Add."""
    return a + b


print(add(1), add(1, b=2), add.__name__, add.__doc__, add.__wrapped__(5, 5))


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info(), fib.__name__)
fib.cache_clear()
print(fib.cache_info())


@lru_cache(maxsize=2)
def square(x):
    print("computing", x)
    return x * x


print(square(1), square(2), square(1), square(3), square(2), square.cache_info())


class Net:
    @cached_property
    def size(self):
        print("sizing")
        return 42

    @lru_cache
    def depth(self, x):
        return x + 1


n = Net()
print(n.size, n.size, n.__dict__, n.depth(1), n.depth(1), Net.depth.cache_info().hits)


@cache
def pair(a, b=2):
    return (a, b)


print(pair(1), pair(1, 2), pair(a=1), pair.cache_info().currsize)
double = partial(lambda a, b, c=0: (a, b, c), 1, c=5)
print(double(2), double(2, c=3), double.func is not None, double.args, double.keywords)
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(max, [3, 9, 2], 5))


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(Version(1) <= Version(2), Version(2) > Version(1), Version(1) >= Version(1), Version(1) > Version(1))


@singledispatch
def show(x):
    return "object"


@show.register(int)
def _(x):
    return "int"


@show.register(list)
def _(x):
    return "list"


print(show(1), show([1]), show("a"), show(True))
print(sorted(["b", "C", "a"], key=functools.cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))))


class Button:
    def click(self, what, n):
        return f"{what}{n}"

    left = functools.partialmethod(click, "left")


print(Button().left(3))
try:
    cache(lambda x: x)([1])
except TypeError as e:
    print("TypeError:", e)
