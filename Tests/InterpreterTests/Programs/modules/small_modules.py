# Smaller modules: abc, types, heapq, bisect, textwrap, pprint, string, operator, io, statistics, gc, weakref.
import bisect
import gc
import heapq
import io
import operator
import pprint
import statistics
import string
import sys
import textwrap
import types
import weakref
from abc import ABC, abstractmethod


class Layer(ABC):
    @abstractmethod
    def forward(self, x): ...

    @property
    @abstractmethod
    def size(self): ...

    def __call__(self, x):
        return self.forward(x)


class Double(Layer):
    def forward(self, x):
        return 2 * x

    @property
    def size(self):
        return 1


class Half(Layer):
    def forward(self, x):
        return x / 2


print(Double()(4), isinstance(Double(), Layer))
for cls in (Layer, Half):
    try:
        cls()
    except TypeError as e:
        print("TypeError:", e)
ns = types.SimpleNamespace(lr=0.1, name="x")
ns.steps = 3
print(ns, ns.lr, ns == types.SimpleNamespace(lr=0.1, name="x", steps=3), isinstance(lambda: 0, types.FunctionType))
heap = [5, 1, 4]
heapq.heapify(heap)
heapq.heappush(heap, 0)
print([heapq.heappop(heap) for _ in range(len(heap))], heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [4, 2, 8]))
print(bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2))
print(textwrap.dedent("""
    hello
      world
    """).strip(), textwrap.fill("the quick brown fox jumps over the lazy dog", 20), textwrap.indent("a\nb", "> "), textwrap.shorten("hello big world", 12), sep="\n")
pprint.pprint({"b": [1, 2, 3], "a": {"x": list(range(30)), "y": "text " * 20}, "c": (1,)})
pprint.pprint([["weight", "bias"], {"k": 1}])
print(string.ascii_letters[:5], string.Template("$who likes ${what}").substitute(who="tim", what="kung pao"))
print(operator.itemgetter("a")({"a": 1}), operator.attrgetter("real")(3), sorted([(1, "b"), (0, "c")], key=operator.itemgetter(1)))
out = io.StringIO()
print("a", 1, file=out)
out.write("tail")
print(repr(out.getvalue()), statistics.mean([1, 2, 3, 4]), statistics.stdev([1.5, 2.5, 4.0]), statistics.median([3, 1, 2]), gc.collect() >= 0)


class Target:
    pass


target = Target()
ref = weakref.ref(target)
print(ref() is target)
del target
print(ref())
print(sys.version_info >= (3, 8), sys.maxsize, sys.argv[1:], sys.byteorder, sys.float_info.max)
sys.stdout.write("written\n")
print("to stderr", file=sys.stderr)
