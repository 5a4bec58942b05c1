# A leaf that requires grad is changed in place: the error, and three ways out.
# Press → to step, ← to step back, ? for help.
import torch

w = torch.tensor(2.0, requires_grad=True)
try:
    w -= w * 2  # refused: autograd still needs to know w as a leaf
except RuntimeError as error:
    print("RuntimeError:", error)

# One way loses the leaf: the name w now means the result, and its .grad stays None.
leaf = w
w = w * 2
w.backward()
print("rebound:", w, w.is_leaf, leaf.grad)

# 1. no_grad: the leaf is changed, stays a leaf, and its version counts the change.
w = torch.tensor(2.0, requires_grad=True)
(w * 3).backward()
with torch.no_grad():
    w -= 0.1 * w.grad
print("no_grad:", w, w.is_leaf, w._version)

# 2. detach_: the tensor leaves autograd, is changed, and joins again.
w = torch.tensor(2.0, requires_grad=True)
w.detach_()
w -= w * 2
w.requires_grad_()
print("detach_:", w, w.is_leaf, w._version)

# 3. .data: the numbers change behind autograd's back, and no version counter moves.
w = torch.tensor(2.0, requires_grad=True)
loss = w**2
w.data -= 1.0
loss.backward()  # 2 * w with the changed w: wrong, and PyTorch says nothing
print(".data:", w, w._version, w.grad)
