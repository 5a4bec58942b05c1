# Random numbers are CPython's, bit for bit.
import random

random.seed(0)
print(random.random(), random.uniform(-1, 1), random.randint(1, 6), random.randrange(0, 100, 5))
print(random.choice(["a", "b", "c"]), random.choices(range(10), k=4), random.sample(range(50), 5))
print(random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(5, 2), random.expovariate(2))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.getrandbits(40), random.betavariate(2, 3), random.triangular(0, 1, 0.3))
random.seed("text")
print(random.random(), random.choices("xyz", weights=[5, 1, 1], k=6))
r = random.Random(42)
state = r.getstate()
first = [r.random() for _ in range(3)]
r.setstate(state)
print(first == [r.random() for _ in range(3)], first)
for bad in (lambda: random.choice([]), lambda: random.randint(3, 1), lambda: random.sample([1], 2), lambda: random.randrange(0)):
    try:
        bad()
    except (IndexError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")


class Seeded(random.Random):
    def twice(self):
        return self.random() * 2


print(Seeded(1).twice(), Seeded(1).randint(1, 100))
random.seed(2**100)
print(random.random())
random.seed(-7)
print(random.random())
random.seed(1.5)
print(random.random())
