def g():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
        return 99
    finally:
        print("fin")
it = g(); print(next(it), it.send("a"))
try: it.send("b")
except StopIteration as e: print("stop", e.value)
it = g(); print(next(it)); it.close(); print(list(it))
it = g(); next(it)
try: it.throw(ValueError("boo"))
except ValueError as e: print("thrown", e)
def h():
    while True:
        try: yield "w"
        except KeyError as e: print("caught", e)
it = h(); next(it); print(it.throw(KeyError("k"))); print(next(it))
def outer():
    r = yield from inner()
    print("r", r)
    yield from [10, 20]
    return "done"
def inner():
    try:
        a = yield "i1"; print("inner got", a)
        yield "i2"
    except ValueError as e: print("inner caught", e); yield "rec"
    return "iret"
it = outer(); print(next(it), it.send("S"), next(it), next(it), next(it, "end"), next(it, "end"))
it = outer(); next(it); print(it.throw(ValueError("v"))); print(list(it))
def bad(): raise StopIteration; yield
try: next(bad())
except RuntimeError as e: print("RT", e, type(e.__cause__))
def ign():
    try: yield 1
    except GeneratorExit: yield 2
it = ign(); next(it)
try: it.close()
except RuntimeError as e: print(e)
it = g()
try: it.send(1)
except TypeError as e: print(e)
def selfrun():
    yield next(me)
me = selfrun()
try: next(me)
except ValueError as e: print(e)
print(sum(x * x for x in range(10)), list(x for x in "ab" for y in "cd"), {x: y for x, y in zip("ab", [1, 2])}, {c for c in "aab"} == {"a", "b"})
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
import itertools
f = fib(); print([next(f) for _ in range(10)])
def tree(n):
    if n > 0:
        yield from tree(n - 1); yield n; yield from tree(n - 1)
print(list(tree(4)))
def brk():
    try:
        for i in range(10): yield i
    finally: print("cleanup")
for x in brk():
    if x == 2: break
print("after")
def ctx():
    try: yield
    except Exception as e: print("in ctx", repr(e)); raise
c = ctx(); next(c)
try: c.throw(TypeError("t"))
except TypeError as e: print("out", e)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration("sv")
        return self.n
print(list(It()), [x for x in It()], sum(It()), max(It()), tuple(It()), 2 in It(), sorted(It(), reverse=True), dict(zip(It(), "abc")))
def y(): z = yield from It(); print("z", z)
print(list(y()))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), [a for a in Seq()])
a, b, c = Seq(); print(a, b, c); a, *b = It(); print(a, b)
try:
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print("body", i)
        finally: print("f", i)
except: pass
def multi():
    for i in range(3):
        try: return i
        finally: print("ret", i)
print(multi())
def over():
    try: return 1
    finally: return 2
print(over())
def exc_state():
    try: raise ValueError("a")
    except ValueError:
        yield 1
        try: raise
        except ValueError as e: print("still", e)
        yield 2
e = exc_state(); print(next(e))
try: raise KeyError("b")
except KeyError:
    print(next(e))
    try: raise
    except KeyError as k: print("mine", k)
gen = (i for i in [1]); print(repr(gen).split(" at ")[0], gen.__name__, type(gen)); 
print(next(iter([])) if 0 else "x", next(iter([]), None), list(iter(lambda it=iter([1, 2, 0, 3]): next(it), 0)))
try: [x for x in 5]
except TypeError as e: print(e)
lst = [1, 2, 3]
for x in lst:
    if x == 1: lst.append(4)
print(lst)
d = {1: 2}
try:
    for k in d: d[k + 1] = 1
except RuntimeError as e: print(e)
