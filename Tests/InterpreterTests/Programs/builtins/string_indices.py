# Indices and slices of str.
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


t(lambda: 'line1\nline2\r\nline3\x0b4'[::-2])
t(lambda: 'a\u2028b'[None:None:None])
t(lambda: 'ΑΣ'[0])
t(lambda: 'ﬁ'[100])
t(lambda: '"\''[::-2])
t(lambda: '  pad  '[::2])
t(lambda: '²'[::-2])
t(lambda: '"\''[-1])
t(lambda: '_'[2])
t(lambda: '123'[2])
t(lambda: '😀'[::2])
t(lambda: '123'[True])
t(lambda: '١٢'[::2])
t(lambda: '日本語テキスト'[-1])
t(lambda: '1.5'[2**70])
t(lambda: 'class'[-1])
t(lambda: 'abcabcabc'[1:])
t(lambda: '😀'[5:2])
t(lambda: '\x00\x7f\xa0'[None:None:None])
t(lambda: 'ǅ'[5:2])
t(lambda: '😀'[2])
t(lambda: 'ünïcödé'["a":])
t(lambda: '  pad  '[0])
t(lambda: 'class'[::-1])
t(lambda: 'Ⅷ'[None])
t(lambda: '١٢'[True])
t(lambda: 'Hello World'[2**70])
t(lambda: '123'[None])
t(lambda: '\\'[100])
t(lambda: '²'[-2:])
t(lambda: '😀'[-2:])
t(lambda: '123'[::-2])
t(lambda: '123'[5:2])
t(lambda: '²'[-1])
t(lambda: 'Ⅷ'[1.0])
t(lambda: 'a'[2])
t(lambda: 'ǅ'[::2])
t(lambda: 'a,b,,c'[True])
t(lambda: '\\'[-100])
t(lambda: 'x_y1'[:-1])
t(lambda: '١٢'[None:None:None])
t(lambda: 'abc'[-1])
t(lambda: 'éa'[-1])
t(lambda: 'abcabcabc'[0])
t(lambda: 'tab\tsep'[0])
t(lambda: 'ABC'[1:100])
t(lambda: ''[2**70])
t(lambda: 'ǅ'[-1])
t(lambda: 'Hello World'["a":])
t(lambda: '1.5'["a":])
t(lambda: '²'[1:])
t(lambda: 'Ⅷ'[::-2])
t(lambda: '😀'[1:100])
t(lambda: '123'[:2**70])
t(lambda: 'Hello World'[0:5:0])
t(lambda: 'aXbXc'[0])
t(lambda: 'a\u2028b'[:-1])
t(lambda: 'ΑΣ'[-1])
t(lambda: '  pad  '[None])
t(lambda: '1.5'[::B()])
