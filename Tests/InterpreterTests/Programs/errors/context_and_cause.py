x = {"a": 1}
def f(**kw): return kw
try:
    try: 1/0
    finally: print("f")
except ZeroDivisionError as e:
    t = e.__traceback__; print(t.tb_lineno, e.__context__, e.__cause__, e.__suppress_context__)
try:
    try: 1/0
    except Exception as e: raise KeyError("k")
except KeyError as k: print(repr(k.__context__), k.__cause__)
try:
    try: 1/0
    except Exception as e: raise KeyError("k") from None
except KeyError as k: print(repr(k.__context__), k.__cause__, k.__suppress_context__)
def nested():
    try:
        raise ValueError(1)
    except ValueError:
        try: raise KeyError(2)
        except KeyError: raise IndexError(3)
try: nested()
except IndexError as e: print(repr(e.__context__), repr(e.__context__.__context__))
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print(t.__name__, v, tb is not None); return False
with CM(): f(**x, **x)
