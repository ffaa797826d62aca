"""Writes the ONNX models that chainrule is to import, with the inputs and outputs that PyTorch computes for them.

Models are exported by PyTorch, or built by hand with onnx.helper and computed by PyTorch's functions.

usage: /usr/bin/python3 test/exports/pytorch_models.py    (Debian: python3-torch, python3-onnx)
"""

import json
from collections import OrderedDict
from pathlib import Path

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F

FOLDER = Path(__file__).parent / "fixtures"
SAMPLES = 5
cases = {}


def keep(name, model, x, y, layers):
    """Keeps a model with what it must give and the layers it must become."""
    (FOLDER / f"{name}.onnx").write_bytes(model)
    cases[name] = {
        "input": list(x.shape[1:]),
        "inputs": x.flatten().tolist(),
        "outputs": y.flatten().tolist(),
        "layers": layers.split(),
    }


def exported(name, model, shape, layers, **options):
    """A model as PyTorch exports it."""
    torch.manual_seed(len(cases))
    for module in model.modules():  # statistics that are not 0 and 1
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
            module.weight.data.normal_()
            module.bias.data.normal_()
    model.eval()
    x = torch.randn(SAMPLES, *shape)
    settings = {"opset_version": 17, "input_names": ["x"], "dynamic_axes": {"x": {0: "batch"}}, **options}
    file = FOLDER / f"{name}.onnx"
    torch.onnx.export(model, x, str(file), **settings)
    with torch.no_grad():
        keep(name, file.read_bytes(), x, model(x), layers)


class Function(nn.Module):
    """A function as a module, with tensors as parameters."""

    def __init__(self, function, **tensors):
        super().__init__()
        self.function = function
        for name, tensor in tensors.items():
            setattr(self, name, nn.Parameter(tensor))

    def forward(self, x):
        return self.function(self, x)


def export_all():
    whole = {"training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": False}
    images = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 3, (2, 3), stride=(1, 2)),
        nn.Tanh(), nn.AvgPool2d(2, 1), nn.Flatten(), nn.Dropout(0.3), nn.Linear(6, 3), nn.Softmax(1),
    )
    exported("list", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3), nn.Softmax(-1)), [4], "dense:relu dense:softmax")
    exported("list_opset_9", nn.Sequential(nn.Linear(4, 6), nn.Sigmoid(), nn.Dropout(0.25), nn.Linear(6, 3)), [4],
             "dense:sigmoid dense:linear", opset_version=9, **whole)
    exported("activations", nn.Sequential(*[layer for f in (nn.Tanh, nn.Sigmoid, nn.GELU, nn.SiLU, nn.ELU, nn.LeakyReLU, nn.Softplus)
                                            for layer in (nn.Linear(3, 3), f())]), [3],
             "dense:tanh dense:sigmoid dense:gelu dense:swish dense:elu dense:leakyRelu dense:softplus")
    exported("images", images, [2, 9, 10],
             "conv2d:linear batchNorm: activation:relu maxPool2d: conv2d:tanh avgPool2d: flatten: dense:softmax", **whole)
    exported("images_folded", images, [2, 9, 10], "conv2d:relu maxPool2d: conv2d:tanh avgPool2d: flatten: dense:softmax")
    exported("normalized_list", nn.Sequential(nn.Linear(4, 5, bias=False), nn.BatchNorm1d(5, eps=1e-3, momentum=0.3), nn.ReLU(), nn.Linear(5, 2)), [4],
             "dense:linear batchNorm: activation:relu dense:linear", **whole)
    exported("global_pool", nn.Sequential(nn.Conv2d(1, 4, 3, stride=2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)), [1, 7, 7],
             "conv2d:relu globalAvgPool2d: dense:linear")
    exported("view", Function(lambda self, x: x.view(-1, 12) @ self.weight + self.bias, weight=torch.randn(12, 3), bias=torch.randn(3)), [3, 4],
             "flatten: dense:linear")


def value(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def built(name, nodes, tensors, x, y, layers, extra_inputs=(), opset=17):
    """A graph by hand, from x to y."""
    graph = helper.make_graph(
        nodes, name, [value("x", ["n", *x.shape[1:]]), *extra_inputs], [value("y", ["n", *y.shape[1:]])],
        [t if isinstance(t, TensorProto) else numpy_helper.from_array(t[1].numpy(), t[0]) for t in tensors],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8 if opset > 9 else 3)
    onnx.checker.check_model(model)
    keep(name, model.SerializeToString(), x, y, layers)


def build_all():
    torch.manual_seed(99)
    node = helper.make_node
    x = torch.randn(SAMPLES, 4)
    w, b, v = torch.randn(4, 3), torch.randn(3), torch.randn(3, 2)
    listed = helper.make_tensor("w", TensorProto.FLOAT, [4, 3], w.flatten().tolist())
    built("sum_reversed", [node("MatMul", ["x", "w"], ["p"]), node("Add", ["b", "p"], ["s"]), node("Relu", ["s"], ["y"])],
          [listed, ("b", b)], x, F.relu(x @ w + b), "dense:relu")
    built("constants", [
        node("Constant", [], ["w"], value=numpy_helper.from_array(w.numpy())),
        node("Identity", ["given"], ["b"]),
        node("Gemm", ["x", "w", "b"], ["y"], alpha=0.5, beta=2.0),
    ], [("given", b)], x, 0.5 * (x @ w) + 2 * b, "dense:linear")
    built("one_bias_for_all", [node("Gemm", ["x", "w", "b"], ["p"]), node("Transpose", ["v"], ["t"], perm=[1, 0]), node("Gemm", ["p", "t"], ["y"], transB=1)],
          [("w", w), ("b", torch.tensor([0.75])), ("v", v)], x, (x @ w + 0.75) @ v, "dense:linear dense:linear")
    halves = helper.make_tensor("w", TensorProto.FLOAT16, [4, 3], w.half().numpy().tobytes(), raw=True)
    model = helper.make_model(helper.make_graph([node("MatMul", ["x", "w"], ["y"])], "halves",
                                                [helper.make_tensor_value_info("x", TensorProto.FLOAT16, ["n", 4])],
                                                [helper.make_tensor_value_info("y", TensorProto.FLOAT16, ["n", 3])], [halves]))
    keep("halves", model.SerializeToString(), x, x @ w.half().float(), "dense:linear")
    built("old_file", [node("Gemm", ["x", "w", "b"], ["y"])], [("w", w), ("b", b)], x, x @ w + b, "dense:linear",
          [value("w", [4, 3]), value("b", [3])], opset=9)
    built("dropout", [node("Dropout", ["x", "ratio"], ["d"]), node("MatMul", ["d", "w"], ["y"])],
          [("w", w), ("ratio", torch.tensor(0.25))], x, x @ w, "dropout: dense:linear")
    built("dropout_opset_9", [node("Dropout", ["x"], ["d"], ratio=0.1), node("MatMul", ["d", "w"], ["y"])], [("w", w)], x, x @ w,
          "dropout: dense:linear", [value("w", [4, 3])], opset=9)
    image = torch.randn(SAMPLES, 12)
    kernel = torch.randn(2, 1, 2, 3)
    same = F.conv2d(F.pad(image.view(SAMPLES, 1, 3, 4), (1, 1, 0, 1)), kernel)
    for name, settings in {"same_upper": {"auto_pad": "SAME_UPPER"}, "same_by_pads": {"pads": [0, 1, 1, 1]}}.items():
        built(name, [node("Reshape", ["x", "shape"], ["i"]), node("Conv", ["i", "k"], ["c"], **settings), node("Flatten", ["c"], ["y"])],
              [("shape", torch.tensor([-1, 1, 3, 4])), ("k", kernel)], image, same.flatten(1), "conv2d:linear flatten:")
    x = torch.randn(SAMPLES, 1, 5, 5)
    built("whole_windows", [node("MaxPool", ["x"], ["y"], kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)], [], x,
          F.max_pool2d(x, 3, 2), "maxPool2d:")


def save_weights():
    """A state_dict as safetensors, written by the format's specification, with what the network gives."""
    torch.manual_seed(7)
    names = ["conv", "bn", "relu", "flatten", "fc1", "relu1", "fc2", "relu2", "fc3"]
    parts = [nn.Conv2d(1, 3, 2), nn.BatchNorm2d(3), nn.Identity(), nn.Flatten(), nn.Linear(12, 4), nn.ReLU(),
             nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2)]
    model = nn.Sequential(OrderedDict(zip(names, parts)))
    model.bn.running_mean.normal_()
    model.bn.running_var.uniform_(0.5, 2)
    model.eval()
    header, data = {}, b""
    for name, tensor in sorted(model.state_dict().items()):
        raw = tensor.numpy().tobytes()
        kind = {"torch.float32": "F32", "torch.int64": "I64"}[str(tensor.dtype)]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    (FOLDER / "state_dict.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + data)
    x = torch.randn(SAMPLES, 1, 3, 3)
    with torch.no_grad():
        y = model(x)
    (FOLDER / "state_dict.json").write_text(json.dumps({"inputs": x.flatten().tolist(), "outputs": y.flatten().tolist()}) + "\n")


if __name__ == "__main__":
    torch.manual_seed(1)
    FOLDER.mkdir(exist_ok=True)
    export_all()
    build_all()
    save_weights()
    (FOLDER / "pytorch.json").write_text(json.dumps(cases) + "\n")
