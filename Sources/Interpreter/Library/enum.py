"""Classes whose instances are a fixed list of names."""

__all__ = [
    "Enum", "EnumMeta", "EnumType", "Flag", "IntEnum", "IntFlag", "StrEnum", "auto", "unique",
]


class _Pending:
    """A value that is known when the class is made."""

    value = None

    def resolve(self, choose):
        if self.value is None:
            self.value = choose()
        return self.value

    def __or__(self, other):
        return _Combined(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Combined(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Combined(lambda a, b: a ^ b, self, other)

    def __ror__(self, other):
        return _Combined(lambda a, b: b | a, self, other)


class auto(_Pending):
    """A value to be chosen by the class."""


class _Combined(_Pending):
    """A combination of values of which some are pending."""

    def __init__(self, combine, *parts):
        self.combine = combine
        self.parts = parts

    def resolve(self, choose):
        values = [part.value if isinstance(part, _Pending) else part for part in self.parts]
        self.value = self.combine(*values)
        return self.value


def _is_descriptor(value):
    kind = type(value)
    return hasattr(kind, "__get__") or hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def _is_member_name(name):
    return not (name.startswith("_") and name.endswith("_"))


def _data_type(bases):
    """The class that members get their values from: int for IntEnum."""
    for base in bases:
        for kind in base.__mro__:
            if kind is object or isinstance(kind, EnumType):
                continue
            if "__new__" in kind.__dict__:
                return kind
    return object


class EnumType(type):
    """The metaclass of Enum."""

    def __new__(metacls, name, bases, namespace, **kwds):
        if not any(isinstance(base, EnumType) for base in bases):
            cls = super().__new__(metacls, name, bases, namespace)
            cls._member_map_, cls._member_names_, cls._value2member_map_ = {}, [], {}
            return cls
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                shown = f"<enum {base.__name__!r}>"
                raise TypeError(f"<enum {name!r}> cannot extend {shown}")
        ignored = namespace.get("_ignore_", ())
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        values, rest = {}, {}
        for key, value in namespace.items():
            if _is_member_name(key) and not _is_descriptor(value) and key not in ignored:
                values[key] = value
            elif key not in ignored:
                rest[key] = value
        private = f"_{name}__"
        for key in [key for key in values if key.startswith(private)]:
            rest[key] = values.pop(key)
        cls = super().__new__(metacls, name, bases, rest)
        cls._member_map_, cls._member_names_, cls._value2member_map_ = {}, [], {}
        cls._data_type_ = _data_type(bases)
        cls._take_texts(rest)
        used = []
        for key, value in values.items():
            def choose(key=key):
                return cls._generate_next_value_(key, 1, len(cls._member_names_), used[:])

            if isinstance(value, _Pending):
                value = value.resolve(choose)
            elif isinstance(value, tuple) and any(isinstance(part, auto) for part in value):
                value = tuple(
                    part.resolve(choose) if isinstance(part, auto) else part for part in value
                )
            used.append(value)
            cls._add_member(key, value, rest)
        return cls

    def _take_texts(cls, namespace):
        """Show members as the class of enumerations does, not as the class of their values."""
        first = next(base for base in cls.__mro__[1:] if isinstance(base, EnumType))
        for name in ("__repr__", "__str__", "__format__"):
            if name in namespace:
                continue
            found = getattr(cls, name)
            if found in (getattr(cls._data_type_, name), getattr(object, name)):
                setattr(cls, name, getattr(first, name))

    def _add_member(cls, name, value, namespace):
        args = value if isinstance(value, tuple) else (value,)
        new = namespace.get("__new__")
        if new is None:
            for base in cls.__mro__[1:]:
                if isinstance(base, EnumType) and "__new__" in base.__dict__:
                    new = base.__dict__["__new__"]
                    break
        if new is not None:
            new = getattr(new, "__func__", new)
            member = new(cls, *args)
            if not hasattr(member, "_value_"):
                member._value_ = value
        elif cls._data_type_ is object:
            member = object.__new__(cls)
            member._value_ = value
        else:
            member = cls._data_type_.__new__(cls, *args)
            if cls._data_type_ is tuple:
                member._value_ = value
            else:
                member._value_ = cls._data_type_(*args)
        member._name_ = name
        member.__objclass__ = cls
        if cls.__init__ is not object.__init__ and "__init__" in _own_names(cls):
            member.__init__(*args)
        for other in cls._member_map_.values():
            if other._value_ == member._value_:
                member = other
                break
        else:
            if cls._counts(member):
                member._sort_order_ = len(cls._member_names_)
                cls._member_names_.append(name)
        cls._member_map_[name] = member
        type.__setattr__(cls, name, member)
        try:
            cls._value2member_map_.setdefault(member._value_, member)
        except TypeError:
            pass

    def _counts(cls, member):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is None:
            return cls._lookup(value)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, dict):
            pairs = list(names.items())
        elif names and not isinstance(names[0], str):
            pairs = [(item[0], item[1]) for item in names]
        else:
            pairs = [
                (item, cls._generate_next_value_(item, start, i, list(range(start, start + i))))
                for i, item in enumerate(names)
            ]
        bases = (cls,) if type is None else (type, cls)
        made = EnumType(value, bases, dict(pairs))
        made.__module__ = module or "__main__"
        return made

    def _lookup(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        result = cls._missing_(value)
        if isinstance(result, cls):
            return result
        if result is None:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        raise TypeError(
            f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid "
            "member"
        )

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            import warnings

            warnings.warn(
                "in 3.12 __contains__ will no longer raise TypeError, but will return True or\n"
                "False depending on whether the value is a member or the value of a member",
                DeprecationWarning,
                stacklevel=2,
            )
            raise TypeError(
                "unsupported operand type(s) for 'in': "
                f"'{type(member).__qualname__}' and '{cls.__class__.__qualname__}'"
            )
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    def __repr__(cls):
        kind = "flag" if "Flag" in [base.__name__ for base in cls.__mro__] else "enum"
        return f"<{kind} {cls.__name__!r}>"

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumMeta = EnumType


def _own_names(cls):
    names = set()
    for base in cls.__mro__:
        if isinstance(base, EnumType) and base.__name__ not in ("Enum", "IntEnum", "StrEnum"):
            names.update(base.__dict__)
    return names


class Enum(metaclass=EnumType):
    """A class of named values."""

    def _generate_next_value_(name, start, count, last_values):
        for last in reversed(last_values):
            try:
                return last + 1
            except TypeError:
                pass
        return start

    _generate_next_value_ = staticmethod(_generate_next_value_)

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, protocol):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class IntEnum(int, Enum):
    """An Enum whose members are ints."""

    __repr__ = Enum.__repr__

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self, spec)

    def __hash__(self):
        return int.__hash__(self)


class StrEnum(str, Enum):
    """An Enum whose members are strs."""

    __repr__ = Enum.__repr__

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self)

    def __format__(self, spec):
        return str.__format__(self, spec)

    def __hash__(self):
        return str.__hash__(self)


class Flag(Enum):
    """An Enum whose members combine."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _counts(cls, member):
        return member._value_ > 0 and member._value_ & (member._value_ - 1) == 0

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        known = 0
        for member in cls._member_map_.values():
            known |= member._value_
        if value < 0:
            value = known & value
        if value & ~known and not issubclass(cls, int):
            raise ValueError(
                f"{cls!r} invalid value {value!r}\n    given {bin(value)}\n  allowed {bin(known)}"
            )
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
        if issubclass(cls, int):
            member = int.__new__(cls, value)
        else:
            member = object.__new__(cls)
        member._value_ = value
        parts = [
            other for other in cls
            if other._value_ & value == other._value_
        ]
        member._name_ = "|".join(other._name_ for other in parts) or None
        rest = value & ~known
        if rest and member._name_:
            member._name_ += f"|{rest}"
        cls._value2member_map_[value] = member
        return member

    def __repr__(self):
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {self._value_!r}>"
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def __hash__(self):
        return hash(self._value_)

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                "unsupported operand type(s) for 'in': "
                f"{type(other).__qualname__!r} and {self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter([m for m in self.__class__ if m._value_ & self._value_ == m._value_])

    def __len__(self):
        return self._value_.bit_count()

    def _operand(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if isinstance(self, int) and isinstance(other, int):
            return int(other)
        return None

    def __or__(self, other):
        value = self._operand(other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._operand(other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._operand(other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        known = 0
        for member in self.__class__._member_map_.values():
            known |= member._value_
        return self.__class__(known & ~self._value_)


class IntFlag(int, Flag):
    """A Flag whose members are ints."""

    __repr__ = Flag.__repr__
    __or__, __and__, __xor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __ror__, __rand__, __rxor__ = Flag.__ror__, Flag.__rand__, Flag.__rxor__
    __invert__, __bool__, __hash__ = Flag.__invert__, Flag.__bool__, Flag.__hash__
    __contains__, __iter__ = Flag.__contains__, Flag.__iter__

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self, spec)


def unique(enumeration):
    """Refuse two names of one value."""
    duplicates = [
        f"{name} -> {member.name}"
        for name, member in enumeration.__members__.items()
        if name != member.name
    ]
    if duplicates:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(duplicates)}")
    return enumeration
