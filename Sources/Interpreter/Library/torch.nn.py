"""`torch.nn`: modules, their parameters, and the functions beneath them."""

from torch.nn import functional, init, parameter, utils
from torch.nn.modules.activation import (
    CELU,
    ELU,
    GELU,
    GLU,
    Hardshrink,
    Hardsigmoid,
    Hardswish,
    Hardtanh,
    LeakyReLU,
    LogSigmoid,
    LogSoftmax,
    Mish,
    PReLU,
    ReLU,
    ReLU6,
    SELU,
    Sigmoid,
    SiLU,
    Softmax,
    Softmin,
    Softplus,
    Softshrink,
    Softsign,
    Tanh,
    Tanhshrink,
    Threshold,
)
from torch.nn.modules.container import (
    ModuleDict,
    ModuleList,
    ParameterDict,
    ParameterList,
    Sequential,
)
from torch.nn.modules.linear import Bilinear, Identity, Linear
from torch.nn.modules.loss import (
    BCELoss,
    BCEWithLogitsLoss,
    CosineEmbeddingLoss,
    CrossEntropyLoss,
    HingeEmbeddingLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MarginRankingLoss,
    MSELoss,
    NLLLoss,
    SmoothL1Loss,
    SoftMarginLoss,
)
from torch.nn.modules.module import Module
from torch.nn.modules.regularization import (
    AlphaDropout,
    BatchNorm1d,
    BatchNorm2d,
    Dropout,
    LayerNorm,
    RMSNorm,
)
from torch.nn.modules.structure import (
    Embedding,
    Flatten,
    GRUCell,
    LSTMCell,
    RNNCell,
    Unflatten,
)
from torch.nn.parameter import Parameter
