# Data classes: fields, defaults, comparison, inheritance, freezing and the errors.
from dataclasses import (
    FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass,
    make_dataclass, replace,
)
from typing import ClassVar, List, Optional


@dataclass
class Config:
    lr: float
    steps: int = 10
    layers: List[int] = field(default_factory=list)
    name: str = field(default="net", repr=False)
    kind: ClassVar[str] = "mlp"

    @property
    def total(self):
        return self.lr * self.steps


c = Config(0.1)
d = Config(0.1, 10, [])
print(c, c == d, c is d, c.total, c.name, Config.kind)
c.layers.append(3)
print(c, d, c != d)
print(asdict(c), astuple(c), replace(c, lr=1.0))
print([f.name for f in fields(c)], is_dataclass(c), is_dataclass(Config), is_dataclass(3))
for bad in (lambda: Config(), lambda: Config(1, 2, 3, 4, 5), lambda: Config(1, foo=2), lambda: Config(1, lr=2)):
    try:
        bad()
    except TypeError as e:
        print("TypeError:", e)


@dataclass(order=True, frozen=True)
class Point:
    x: int
    y: int = 0


print(Point(1, 2) < Point(1, 3), sorted([Point(2), Point(1, 5), Point(1)]), max(Point(0), Point(3)))
print(hash(Point(1, 2)) == hash(Point(1, 2)), len({Point(1), Point(1), Point(2)}))
try:
    Point(1).x = 2
except FrozenInstanceError as e:
    print("FrozenInstanceError:", e)
try:
    del Point(1).x
except FrozenInstanceError as e:
    print("FrozenInstanceError:", e)
try:
    Point(1) < 3
except TypeError as e:
    print("TypeError:", e)


@dataclass
class Base:
    a: int
    b: int = 2


@dataclass
class Derived(Base):
    c: int = 3
    b: int = 5

    def __post_init__(self):
        self.total = self.a + self.b + self.c


print(Derived(1), Derived(1).total, Derived(1, 1, 1) == Base(1, 1))


@dataclass
class WithInit:
    value: int
    scale: InitVar[int] = 2
    result: int = field(init=False)

    def __post_init__(self, scale):
        self.result = self.value * scale


print(WithInit(3), WithInit(3, 5).result)


@dataclass(kw_only=True)
class Keywords:
    a: int
    b: int = 1


print(Keywords(a=5))
try:
    Keywords(5)
except TypeError as e:
    print("TypeError:", e)
try:

    @dataclass
    class Wrong:
        items: list = []
except ValueError as e:
    print("ValueError:", e)
try:

    @dataclass
    class Order:
        a: int = 1
        b: int
except TypeError as e:
    print("TypeError:", e)


@dataclass(eq=False)
class Plain:
    x: int = 0


print(Plain() == Plain(), hash(Plain()) != 0)
try:
    hash(Base(1))
except TypeError as e:
    print("TypeError:", e)


@dataclass
class Tree:
    value: int
    children: List["Tree"] = field(default_factory=list)
    parent: Optional["Tree"] = None


t = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
print(t)
print(asdict(t))
t.parent = t
print(t)
Made = make_dataclass("Made", ["x", ("y", int), ("z", int, 5)])
print(Made(1, 2))
print(Config.__match_args__, Config.__doc__ is not None, Point.__eq__ is not object.__eq__)
