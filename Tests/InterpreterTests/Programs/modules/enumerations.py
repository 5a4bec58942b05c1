# Enumerations: members, lookup, flags, values and the errors.
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    @property
    def nice(self):
        return self.name.title()

    @classmethod
    def first(cls):
        return cls.RED

    def __call__(self):
        return self.value * 10


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color.RED.nice, Color.first(), Color.GREEN())
print(list(Color), len(Color), Color(2), Color["BLUE"], Color.CRIMSON is Color.RED)
print(Color.RED == 1, Color.RED == Color.RED, Color.RED is Color(1), Color.RED in Color, Color.RED != Color.BLUE)
print({Color.RED: "r"}[Color(1)], isinstance(Color.RED, Color), type(Color.RED), Color)
print(f"{Color.RED}", f"{Color.RED!r:>20}", "%s" % Color.BLUE, str(Color.GREEN))
print(dict(Color.__members__))
for bad in (
    lambda: Color(9), lambda: Color["PINK"], lambda: Color.PINK, lambda: Color.RED < Color.BLUE,
    lambda: Color.RED + 1, lambda: setattr(Color, "RED", 5), lambda: 1 in Color,
):
    try:
        bad()
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


class Phase(Enum):
    TRAIN = auto()
    EVAL = auto()
    TEST = 10
    LAST = auto()


print([(p.name, p.value) for p in Phase])


class Level(IntEnum):
    LOW = 1
    HIGH = 5


print(Level.LOW < Level.HIGH, Level.HIGH + 1, Level.LOW == 1, max(Level), [10, 20][Level.LOW], f"{Level.HIGH}", repr(Level.HIGH), str(Level.LOW))
print(sorted([Level.HIGH, Level.LOW]), int(Level.HIGH), Level(5), Level.HIGH * 2.5, f"{Level.HIGH:03d}")


class Mode(StrEnum):
    FAST = "fast"
    SLOW = auto()


print(Mode.FAST == "fast", Mode.SLOW, Mode.FAST.upper(), repr(Mode.SLOW), "x-" + Mode.FAST)


class Opt(str, Enum):
    ADAM = "adam"


print(Opt.ADAM == "adam", Opt("adam"), Opt.ADAM.value, repr(Opt.ADAM))


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(Perm.R | Perm.X, repr(Perm.R | Perm.W), Perm.R in Perm.RW, Perm.RW & Perm.W, ~Perm.R, bool(Perm.R & Perm.W))
print(list(Perm), Perm(5), Perm.R ^ Perm.RW, list(Perm.RW), Perm(0))


class Bits(IntFlag):
    A = 1
    B = 2


print(Bits.A | Bits.B, (Bits.A | Bits.B) == 3, Bits.A + 1, repr(Bits.A | Bits.B))
try:

    @unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as e:
    print("ValueError:", e)


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def density(self):
        return round(self.mass / self.radius**3, 5)


print(Planet.EARTH.mass, Planet.MARS.density, Planet.EARTH.value, Planet((0.64, 3.39)))
Animal = Enum("Animal", "CAT DOG")
print(list(Animal), Animal.DOG.value)
try:

    class More(Color):
        PINK = 4
except TypeError as e:
    print("TypeError:", e)


class Smart(Enum):
    A = 1

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "a" else None


print(Smart("a"))
match Color.GREEN:
    case Color.RED:
        print("red")
    case Color.GREEN:
        print("green")
