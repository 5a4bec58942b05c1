# typing: names that can be subscripted, and classes made from annotations.
from __future__ import annotations

import typing
from typing import Any, Callable, Dict, Generic, Iterator, List, Literal, NamedTuple, Optional, Protocol, Tuple, TypedDict, TypeVar, Union

T = TypeVar("T")


def f(a: List[int], b: Optional[Dict[str, Any]] = None, *c: int, d: Union[int, str] = 1) -> Tuple[int, ...]:
    return (len(a), d)


print(f([1, 2]))


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)


s = Stack[int]()
s.push(1)
print(s.items, type(s).__name__)


class Shape(NamedTuple):
    rows: int
    cols: int = 1

    def area(self) -> int:
        return self.rows * self.cols


print(Shape(2, 3), Shape(2).area(), Shape._fields, Shape(1) == (1, 1))


class Config(TypedDict):
    lr: float
    name: str


c: Config = {"lr": 0.1, "name": "x"}
print(c, Config(lr=1.0, name="y"))


class HasForward(Protocol):
    def forward(self, x): ...


class Net(HasForward):
    def forward(self, x):
        return x


print(Net().forward(3), typing.TYPE_CHECKING, typing.cast(int, "a"))
x: int = 5
y: "Undefined" = 6
print(x, y)
