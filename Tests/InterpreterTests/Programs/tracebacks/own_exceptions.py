import sys
class MyErr(Exception):
    def __str__(self): return "custom " + str(self.args)
class Outer:
    class Inner(Exception): pass
def gen():
    yield 1
    raise Outer.Inner()
try:
    list(gen())
except Outer.Inner as e:
    try:
        raise MyErr(1, 2)
    except MyErr as m:
        m.add_note("note 1")
        raise
