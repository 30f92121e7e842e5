"""The child process that reads an ONNX file: ``python -m studio.runtimes._onnx_child``.

The file comes on standard input, one JSON line goes to standard output. Protocol buffers and the
inference of shapes are compiled code that a file may crash, so neither runs in the program.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from studio.runtimes._limits import follow_parent, limit

_LARGEST_PROCESS_BYTES = 6 << 30
_STANDARD_DOMAINS = ("", "ai.onnx", "ai.onnx.ml", "com.microsoft")


def main() -> int:
    """Answer about the file on standard input."""
    limit(_LARGEST_PROCESS_BYTES)
    follow_parent()
    content = sys.stdin.buffer.read()
    print(json.dumps(_answer(content)), flush=True)
    return 0


def _answer(content: bytes) -> dict[str, Any]:
    import onnx

    try:
        model = onnx.load_model_from_string(content)
        graph = model.graph
        if not (model.ir_version and len(graph.output)):
            return {"why": "damaged"}
        if any(tensor.external_data for tensor in graph.initializer):
            return {"why": "external"}
    except Exception:  # protobuf's error type moved between versions
        return {"why": "damaged"}
    with contextlib.suppress(Exception):  # a model without shapes inside is a model still
        graph = onnx.shape_inference.infer_shapes(model).graph
    return _told(graph)


def _told(graph: Any) -> dict[str, Any]:
    import onnx

    constants = {tensor.name: _type_name(onnx, tensor.data_type) for tensor in graph.initializer}
    given = [value for value in graph.input if value.name not in constants]
    known = {v.name: _tensor(onnx, v) for v in (*graph.value_info, *graph.input, *graph.output)}
    nodes = list(_nodes(graph))
    made = [name for node in nodes for name in node.output if name]
    constants |= {n.output[0]: "" for n in nodes if n.op_type == "Constant" and n.output}
    seen = dict.fromkeys([*(value.name for value in given), *made])
    shown = [known.get(name) for name in seen if name not in constants]
    return {
        "operators": Counter(_operator_name(node) for node in nodes).most_common(),
        "custom": sorted({_operator_name(n) for n in nodes if n.domain not in _STANDARD_DOMAINS}),
        "types": sorted({t["type"] for t in known.values() if t and t["type"]}),
        "weights": sorted({kind for kind in constants.values() if kind}),
        "inputs": [_tensor(onnx, value) for value in given],
        "tensors": [None if t is None or t["bytes"] is None else t["bytes"] for t in shown],
        "together": _together(nodes, known, constants),
        "open": any(_tensor(onnx, value)["open"] for value in (*given, *graph.output)),
    }


def _together(nodes: list[Any], known: dict[str, Any], constants: dict[str, str]) -> int:
    """Return the bytes that the largest operator reads and writes, as far as they are known."""

    def size(name: str) -> int:
        found = known.get(name)
        return 0 if name in constants or not found else found["bytes"] or 0

    return max((sum(map(size, {*node.input, *node.output})) for node in nodes), default=0)


def _nodes(graph: Any) -> Iterator[Any]:
    """Yield all nodes, those of inner graphs as well."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from _nodes(attribute.g)


def _operator_name(node: Any) -> str:
    return node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"


def _tensor(onnx: Any, value: Any) -> dict[str, Any]:
    """Return type, bytes (None if a size is open) and whether one besides the batch is open."""
    kind = value.type.tensor_type
    sizes = [d.dim_value if d.HasField("dim_value") else None for d in kind.shape.dim]
    fixed = [1 if n == 0 and size is None else size for n, size in enumerate(sizes)]
    width = _width(onnx, kind.elem_type)
    whole = kind.HasField("shape") and None not in fixed and width is not None
    return {
        "type": _type_name(onnx, kind.elem_type),
        "bytes": int(math.prod(s or 0 for s in fixed) * (width or 0)) if whole else None,
        "open": not kind.HasField("shape") or None in fixed,
    }


def _width(onnx: Any, kind: int) -> int | None:
    try:
        return int(onnx.helper.tensor_dtype_to_np_dtype(kind).itemsize)
    except (KeyError, TypeError):
        return None


def _type_name(onnx: Any, kind: int) -> str:
    # As studio.runtimes.tflite_file spells them.
    names = {"FLOAT": "float32", "DOUBLE": "float64", "STRING": "string"}
    plain = str(onnx.TensorProto.DataType.Name(kind)) if kind else ""
    return names.get(plain, plain.lower())


if __name__ == "__main__":
    sys.exit(main())
