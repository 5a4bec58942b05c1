# str.format and format_map.
import itertools as it
import math
import operator
import sys


def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


class B:
    def __index__(self):
        return 3


class F:
    def __float__(self):
        return 2.5


class E:
    pass


def mut(o, f):
    f(o)
    return o


t(lambda: '{0} {1} {0}'.format(1,2))
t(lambda: '{}'.format(2))
t(lambda: '{:{}}'.format(1,5))
t(lambda: '{[0]}'.format([1]))
t(lambda: '{:d}'.format(1.5))
t(lambda: '{!s:>5}'.format("a"))
t(lambda: '{0} {}'.format(1))
t(lambda: '{!r:>{w}}'.format("a",w=6))
t(lambda: '}'.format(1))
t(lambda: '{:5}{:<5}{:^5}|'.format(1,2,3))
t(lambda: '{:.2%}'.format(0.5))
t(lambda: '{0.real}'.format(1))
t(lambda: '{a}'.format(a=1))
t(lambda: "{a}".format_map({}))
t(lambda: '{:%Y}'.format(1))
t(lambda: '{a[b]}'.format(a={"b":2}))
t(lambda: '{:>+8.2f}'.format(3.14159))
t(lambda: '{0}'.format(*[]))
t(lambda: '{0!r:^10}'.format("a"))
t(lambda: '{:b}'.format(-5))
t(lambda: '{0:}'.format(1))
t(lambda: '{:,}'.format(1234567))
t(lambda: '{:{w}.{p}f}'.format(1.5,w=8,p=2))
t(lambda: '{.real}'.format(3))
t(lambda: '{0.}'.format(1))
t(lambda: '{:>10}'.format("a"))
t(lambda: "{a} {b}".format_map({"a":1,"b":2}))
t(lambda: '{x!s}'.format(x=None))
t(lambda: '{0]}'.format(1))
t(lambda: '{!x}'.format(1))
t(lambda: '{0[}'.format(1))
t(lambda: '{:s}'.format(1))
t(lambda: '{'.format(1))
t(lambda: '{} {0}'.format(1))
t(lambda: '{}{}{}'.format(*[1,2,3]))
t(lambda: '{}'.format(1))
t(lambda: '{-1}'.format(1))
t(lambda: '{:c}'.format(65))
t(lambda: '{} {}'.format(1))
t(lambda: '{1}'.format(1))
t(lambda: '{0[0]}'.format([5]))
t(lambda: '{{}}'.format(1))
t(lambda: '{a.b}'.format(a=1))
t(lambda: '{:s}'.format("x"))
t(lambda: '{!}'.format(1))
t(lambda: '{0[-1]}'.format({"-1":4}))
t(lambda: '{:{:{}}}'.format(1,2,3))
t(lambda: '{0[a]}'.format({"a":1}))
t(lambda: '{0'.format(1))
t(lambda: '{a}'.format(1))
t(lambda: '{:=+8d}'.format(5))
t(lambda: '{ a }'.format(1))
t(lambda: '{!r}'.format("a"))
