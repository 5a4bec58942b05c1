# Context managers made from generators, stacks of them, and what they do with exceptions.
import contextlib
import io
from contextlib import ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress


@contextmanager
def tag(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as e:
        print("caught", e)
    finally:
        print("exit", name)


with tag("a") as t, tag("b"):
    print(t)
with tag("c"):
    raise ValueError("inside")
try:
    with tag("d"):
        raise KeyError("other")
except KeyError as e:
    print("passed on", e)
with nullcontext(5) as five, suppress(ZeroDivisionError):
    print(five)
    1 / 0
print("after")
with ExitStack() as stack:
    for name in "xy":
        print(stack.enter_context(tag(name)))
    stack.callback(print, "callback", 1, sep="-")
try:
    with ExitStack() as stack:
        stack.callback(print, "closed")
        raise RuntimeError("boom")
except RuntimeError as e:
    print("RuntimeError:", e)


class Thing:
    def close(self):
        print("closing")


with closing(Thing()) as thing:
    print(type(thing).__name__)
buffer = io.StringIO()
with redirect_stdout(buffer):
    print("hidden")
print(repr(buffer.getvalue()))


@tag("decorator")
def work(x):
    return x + 1


print(work(1), work.__name__)


@contextmanager
def silent():
    if False:
        yield


@contextmanager
def twice():
    yield 1
    yield 2


for maker in (silent, twice):
    try:
        with maker():
            pass
    except RuntimeError as e:
        print("RuntimeError:", e)
try:
    with 5:
        pass
except TypeError as e:
    print("TypeError:", e)


@contextmanager
def changed(obj, **values):
    old = {k: getattr(obj, k) for k in values}
    for k, v in values.items():
        setattr(obj, k, v)
    yield obj
    for k, v in old.items():
        setattr(obj, k, v)


class State:
    mode = "train"


with changed(State, mode="eval") as s:
    print(s.mode)
print(State.mode)
print(contextlib.AbstractContextManager.__name__)
