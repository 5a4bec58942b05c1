# collections: named tuples, counters, default dicts, ordered dicts, deques; abstract containers.
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence

Batch = namedtuple("Batch", ["x", "y", "size"], defaults=[1])
b = Batch(1, y=2)
print(b, b.x, b[1], b.size, len(b), b == (1, 2, 1), isinstance(b, tuple), Batch._fields, Batch._field_defaults)
x, *rest = b
print(x, rest, b._replace(x=9), b._asdict(), Batch._make([4, 5, 6]), hash(b) == hash((1, 2, 1)), b + (3,))
for bad in (lambda: Batch(), lambda: Batch(1, 2, 3, 4), lambda: Batch(1, 2, z=3), lambda: setattr(b, "w", 1)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(f"{type(e).__name__}: {e}")


class Point(namedtuple("Point", "x y")):
    def norm(self):
        return (self.x**2 + self.y**2) ** 0.5


print(Point(3, 4), Point(3, 4).norm(), Point.__name__)
words = Counter("the cat the dog the end".split())
print(words, words.most_common(1), words["bird"], words["the"], sum(words.values()), dict(words))
words.update(["cat", "cat"])
words.subtract({"the": 5})
print(words, +words, words.most_common(), list((+words).elements()))
words["new"] += 2
print(words["new"], Counter(a=3) - Counter(a=1), Counter(a=1) == Counter(a=1, b=0), Counter("ab") <= Counter("aab"))
groups = defaultdict(list)
for key, value in [("a", 1), ("b", 2), ("a", 3)]:
    groups[key].append(value)
print(groups, dict(groups), groups.get("z"), "z" in groups, groups["z"], len(groups))
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 1
print(nested["x"]["y"], nested["x"])
od = OrderedDict(b=1, a=2)
od["c"] = 3
od.move_to_end("b")
print(od, list(od), od.popitem(), od.popitem(last=False), od)
q = deque([1, 2, 3], maxlen=3)
q.append(4)
q.appendleft(0)
print(q, q[0], q[-1], len(q), 3 in q, list(q), q.maxlen, sum(q))
q.rotate(1)
print(q, q.popleft(), q.pop(), q, bool(q), deque("ab") == deque("ab"))
try:
    for item in q:
        q.append(item)
except RuntimeError as e:
    print("RuntimeError:", e)
print(ChainMap({"a": 1}, {"a": 2, "b": 3})["b"], dict(ChainMap({"a": 1}, {"b": 2})))
print(isinstance([], Iterable), isinstance({}, Mapping), isinstance(5, Iterable), isinstance(len, Callable), isinstance("a", Sequence), isinstance({}, Sequence))


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


print(Lower(A=1, B=2), Lower(A=1)["a"])


class Registry(MutableMapping):
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return self.d[k]

    def __setitem__(self, k, v):
        self.d[k] = v

    def __delitem__(self, k):
        del self.d[k]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


r = Registry()
r["a"] = 1
r.update(b=2)
print(list(r.items()), r.get("z", 0), r.pop("a"), "b" in r, len(r), r.setdefault("c", 3))
