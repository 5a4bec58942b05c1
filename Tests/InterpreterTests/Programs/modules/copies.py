# Copies: shallow, deep, with memo, of instances, cycles and classes with their own methods.
import copy


class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)


a = Node(1, [Node(2), Node(3)])
b = copy.copy(a)
c = copy.deepcopy(a)
print(b.children is a.children, c.children is a.children, c.children[0].value, type(c).__name__)
shared = [1, 2]
d = copy.deepcopy([shared, shared, (shared,)])
print(d[0] is d[1], d[0] is shared, d[2][0] is d[0])
loop = [1]
loop.append(loop)
e = copy.deepcopy(loop)
print(e[1] is e, e is loop, e)


class Special:
    def __init__(self, x):
        self.x = x

    def __copy__(self):
        print("copying")
        return Special(self.x + 1)

    def __deepcopy__(self, memo):
        print("deep copying", len(memo) >= 0)
        return Special(copy.deepcopy(self.x, memo))


print(copy.copy(Special(1)).x, copy.deepcopy({"s": Special([1])})["s"].x)


class L(list):
    pass


l = L([1, [2]])
l.tag = "t"
m = copy.deepcopy(l)
print(m, m.tag, type(m).__name__, m[1] is l[1], copy.copy(l).tag)


class Slots:
    __slots__ = ("a",)


class State:
    def __getstate__(self):
        return {"only": 1}

    def __setstate__(self, state):
        self.restored = state


print(vars(copy.copy(State())))
f = lambda: 1
print(copy.deepcopy(f) is f, copy.copy(len) is len, copy.deepcopy((1, "a")) is not None, copy.copy({1, 2}), copy.deepcopy(ValueError("x")).args)
g = {"a": [1, 2], "b": {"c": (1, [2])}}
h = copy.deepcopy(g)
h["b"]["c"][1].append(3)
print(g, h)
print(g.copy()["a"] is g["a"], list(g), g["a"][:] == g["a"])
