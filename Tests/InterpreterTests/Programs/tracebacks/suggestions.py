class A:
    def __init__(self): self.weight = 1; self.bias = 2
    def forward(self): return self.wieght
values = [1]
try: valeus
except NameError as e: print(e, e.name)
try: A().baas
except AttributeError as e: print(e, e.name, type(e.obj))
def inner():
    learning_rate = 1
    print(learning_rat)
try: inner()
except NameError as e: print(e)
A().forward()
