def check(f, *a, **k):
    try:
        print("ok", f(*a, **k))
    except TypeError as e:
        print("TypeError:", e)

def f0(): return 0
def f1(x): return x
def f2(x, y): return x, y
def f3(x, y=2, *, z): return x, y, z
def f4(x, /, y, *args, z=3, **kw): return x, y, args, z, kw
def f5(*, a, b, c): return a, b, c
def f6(a, b, c, d): return a
def f7(x, *, y): return x
check(f0); check(f0, 1); check(f0, x=1); check(f0, 1, 2)
check(f1); check(f1, 1, 2); check(f1, 1, x=2); check(f1, y=2); check(f1, x=3)
check(f2); check(f2, 1); check(f2, y=1); check(f2, 1, 2, 3); check(f2, *[1, 2]); check(f2, **{"x": 1, "y": 2})
check(f3, 1); check(f3, 1, z=5); check(f3, 1, 2, 3); check(f3, 1, 2, 3, z=4); check(f3)
check(f4, 1); check(f4, 1, 2, 3, 4, z=5, w=6); check(f4, x=1, y=2); check(f4, 1, y=2, x=9)
check(f5); check(f5, a=1); check(f5, a=1, b=2); check(f5, 1); check(f5, 1, 2, a=1)
check(f6); check(f6, 1); check(f6, 1, 2, 3)
check(f7, 1, 2); check(f7, 1, 2, y=3); check(f7, 1, 2, 3, y=3)
def pos(a, b, /): return a, b
check(pos, 1, b=2); check(pos, a=1, b=2); check(pos, 1, 2)
class Net:
    def __init__(self, a, b=2): self.a = a
    def forward(self, x): return x
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, x): return x
    def __call__(self, x): return self.forward(x)
check(Net); check(Net, 1, 2, 3); check(Net, c=1)
n = Net(1)
check(n.forward); check(n.forward, 1, 2); check(Net.forward); check(Net.forward, 1); check(n); check(n, 1, 2)
check(Net.s); check(Net.c); check(n.s, 1, 2); check(n.c, 1, 2); check(n, 5)
def outer():
    def inner(x): return x
    return inner
check(outer()); check(lambda x: x); check(lambda: 1, 2)
class E: pass
check(E, 1); check(E, x=1); check(5); check("a", 1); check(None)
d = dict(a=1)
def kw(**k): return k
check(kw, **d, b=2)
try: kw(**d, **{"a": 3})
except TypeError as e: print(e)
try: kw(a=1, **{"a": 3})
except TypeError as e: print(e)
try: kw(**5)
except TypeError as e: print(e)
try: f1(*5)
except TypeError as e: print(e)
try: kw(**{1: 2})
except TypeError as e: print(e)
try: n.forward(*5)
except TypeError as e: print(e)
try: [*5]
except TypeError as e: print(e)
try: f1(1, *5)
except TypeError as e: print(e)
print([*range(3), *"ab"], {*[1, 2], 3}, (*[1], 2), {**d, "z": 1})
def g(a, b=[]): b.append(a); return b
print(g(1), g(2), g.__defaults__)
def varargs(*args, **kwargs): return args, sorted(kwargs.items())
print(varargs(1, *[2, 3], 4, k=5, **{"m": 6}))
print((lambda *a, **k: (a, k))(1, 2, x=3))
print(f4.__name__, f4.__qualname__, Net.forward.__qualname__, n.forward.__name__, n.forward.__self__ is n, n.forward.__func__ is Net.forward)
def rec(n): return 1 if n == 0 else n * rec(n - 1)
print(rec(50))
print(max([3, 1, 2], key=lambda v: -v), sorted([3, 1, 2], key=lambda v: -v))
def deco(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs) + 1
    return wrapper
@deco
@deco
def add(a, b): return a + b
print(add(1, b=2))
import sys
print(sys.getrecursionlimit())
