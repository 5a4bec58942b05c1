# The text of typing forms.
import typing
from typing import Any, Callable, ClassVar, Dict, Iterable, List, Literal, Optional, Set, Tuple, TypeVar, Union

print(List[int], Dict[str, int], Optional[int], Union[int, str], Tuple[int, ...], Any, List, Callable[[int], str])
print(Union[int, None], Literal["a", 1], Set[str], ClassVar[int], TypeVar("T"), Optional[List[int]], Iterable[float])
print(list[int], dict[str, list[int]], int | None, tuple[int, ...], type(int | str).__name__)
print(isinstance(1, int | str), isinstance("a", Union[int, str]), isinstance([], List), issubclass(bool, int | str))
print(typing.get_type_hints(lambda x: x), Optional[int] == Union[int, None], List[int] == List[int])


def f(x: List[int], *, y: "str" = "a") -> None:
    pass


print(f([1]))
try:
    List()
except TypeError as e:
    print("TypeError", str(e)[:40])
try:
    isinstance([1], List[int])
except TypeError as e:
    print("TypeError:", e)
try:
    isinstance([1], list[int])
except TypeError as e:
    print("TypeError:", e)
