"""Checks ONNX files with ONNX's own checker, shapes inferred strictly. Prints nothing where all are right.

usage: /usr/bin/python3 test/exports/checker.py FILE.onnx ...    (Debian: python3-onnx)
"""

import sys

import onnx

for file in sys.argv[1:]:
    onnx.checker.check_model(onnx.load(file), full_check=True)
