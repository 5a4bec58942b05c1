"""Printing nested containers over several lines."""


class PrettyPrinter:
    def __init__(
        self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
        underscore_numbers=False
    ):
        self._indent = indent
        self._width = width
        self._depth = depth
        self._stream = stream
        self._compact = compact
        self._sort_dicts = sort_dicts

    def pprint(self, object):
        print(self.pformat(object), file=self._stream)

    def pformat(self, object):
        return self._format(object, 0, 0, 1, ())

    def _format(self, object, indent, allowance, level, seen):
        if id(object) in seen:
            name = type(object).__name__
            return f"<Recursion on {name} with id={id(object)}>"
        text = self._flat(object, level)
        if len(text) <= self._width - indent - allowance:
            return text
        seen = seen + (id(object),)
        kind = type(object)
        if issubclass(kind, dict) and kind.__repr__ is dict.__repr__ and object:
            return self._dict(object, indent, allowance + 1, level, seen)
        for base, opening, closing in ((list, "[", "]"), (tuple, "(", ")"), (set, "{", "}")):
            if issubclass(kind, base) and kind.__repr__ is base.__repr__ and object:
                items = sorted(object, key=_Key) if base is set else list(object)
                if base is tuple and len(items) == 1:
                    closing = ",)"
                return (
                    opening + " " * (self._indent - 1)
                    + self._items(items, indent, allowance + len(closing), level, seen)
                    + closing
                )
        if kind is str and object:
            return self._str(object, indent, allowance, level)
        return text

    def _flat(self, object, level):
        kind = type(object)
        if self._depth is not None and level > self._depth:
            for base, text in ((dict, "{...}"), (list, "[...]"), (tuple, "(...)")):
                if issubclass(kind, base) and object:
                    return text
        if kind is dict and self._sort_dicts:
            pairs = sorted(object.items(), key=lambda pair: _Key(pair[0]))
            parts = [
                f"{self._flat(key, level + 1)}: {self._flat(value, level + 1)}"
                for key, value in pairs
            ]
            return "{" + ", ".join(parts) + "}"
        if kind is dict:
            parts = [
                f"{self._flat(key, level + 1)}: {self._flat(value, level + 1)}"
                for key, value in object.items()
            ]
            return "{" + ", ".join(parts) + "}"
        if kind is list:
            return "[" + ", ".join(self._flat(item, level + 1) for item in object) + "]"
        if kind is tuple:
            parts = [self._flat(item, level + 1) for item in object]
            return "(" + ", ".join(parts) + (",)" if len(parts) == 1 else ")")
        return repr(object)

    def _dict(self, object, indent, allowance, level, seen):
        items = list(object.items())
        if self._sort_dicts:
            items.sort(key=lambda pair: _Key(pair[0]))
        indent += self._indent
        lines = []
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            name = self._flat(key, level + 1)
            inner = self._format(
                value, indent + len(name) + 2, allowance if last else 1, level + 1, seen
            )
            lines.append(f"{name}: {inner}")
        return "{" + " " * (self._indent - 1) + (",\n" + " " * indent).join(lines) + "}"

    def _items(self, items, indent, allowance, level, seen):
        indent += self._indent
        break_ = ",\n" + " " * indent
        if not self._compact:
            parts = [
                self._format(
                    item, indent, allowance if i == len(items) - 1 else 1, level + 1, seen
                )
                for i, item in enumerate(items)
            ]
            return break_.join(parts)
        lines, line = [], ""
        for i, item in enumerate(items):
            room = self._width - indent - (allowance if i == len(items) - 1 else 1)
            text = self._flat(item, level + 1)
            if line and len(line) + 2 + len(text) <= room:
                line += ", " + text
                continue
            if line:
                lines.append(line)
            if len(text) <= room:
                line = text
            else:
                line = self._format(
                    item, indent, allowance if i == len(items) - 1 else 1, level + 1, seen
                )
        lines.append(line)
        return break_.join(lines)

    def _str(self, object, indent, allowance, level):
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        room = self._width - indent
        for i, line in enumerate(lines):
            shown = repr(line)
            last_room = room - allowance if i == len(lines) - 1 else room
            if len(shown) <= last_room:
                chunks.append(shown)
                continue
            parts, word = [], ""
            for char in line:
                if word and word[-1].isspace() and not char.isspace():
                    parts.append(word)
                    word = ""
                word += char
            parts.append(word)
            current = ""
            for j, part in enumerate(parts):
                limit = last_room if j == len(parts) - 1 and i == len(lines) - 1 else room
                if current and len(repr(current + part)) > limit:
                    chunks.append(repr(current))
                    current = part
                else:
                    current += part
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            return chunks[0]
        text = ("\n" + " " * indent).join(chunks)
        return f"({text})" if level == 1 else text


class _Key:
    """Orders keys, by their class and address where they cannot be compared."""

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        try:
            return self.key < other.key
        except TypeError:
            return (str(type(self.key)), id(self.key)) < (str(type(other.key)), id(other.key))


def pformat(object, indent=1, width=80, depth=None, **options):
    return PrettyPrinter(indent, width, depth, **options).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, **options):
    PrettyPrinter(indent, width, depth, stream, **options).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)
