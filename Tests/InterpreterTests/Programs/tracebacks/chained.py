def f(x):
    return g(x)
def g(x):
    try:
        return 1 / x
    except ZeroDivisionError as e:
        raise ValueError("bad") from e
def h():
    try:
        f(0)
    except ValueError:
        undefined_thing
class Net:
    def forward(self):
        h()
Net().forward()
