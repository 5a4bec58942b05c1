def f():
    x = (1 +
         "a")
    return x
def g(a,
      b):
    return f(
    )
g(1,
  b=
  2)
