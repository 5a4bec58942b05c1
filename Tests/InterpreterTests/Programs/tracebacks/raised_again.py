def a(n):
    if n == 0: raise KeyError("x")
    b(n)
def b(n): a(n - 1)
try:
    a(3)
except KeyError as e:
    err = e
try:
    raise TypeError("again") from None
except TypeError: pass
e2 = RuntimeError("multi\nline")
e2.add_note("a note")
e2.add_note("two\nlines")
try:
    raise err
finally:
    print("finally")
    x = [
        1,
        undefined(
            2),
    ]
