# Writes fixtures/images.json: images brought to other sizes by PyTorch, whose antialiased interpolation is Pillow's. Not a test.
#
#     /usr/bin/python3 test/golden/images.py

import json
from pathlib import Path

import torch
from torch.nn.functional import interpolate

torch.manual_seed(5)


def case(height, width, size, grey):
    rgb = torch.randint(0, 256, (3, height, width), dtype=torch.uint8)
    # ITU-R 601-2, as Pillow's convert("L") and torchvision's to_grayscale: rounded before the size is changed.
    weights = torch.tensor([0.299, 0.587, 0.114], dtype=torch.float64).view(3, 1, 1)
    planes = (rgb.double() * weights).sum(0, keepdim=True).round() if grey else rgb.double()
    scaled = interpolate(planes[None], size=size, mode="bilinear", align_corners=False, antialias=True)[0]
    return {
        "width": width,
        "height": height,
        "rgb": rgb.permute(1, 2, 0).flatten().tolist(),
        "size": size,
        "grey": grey,
        "scaled": [round(value, 6) for value in scaled.flatten().tolist()],
    }


cases = [
    case(9, 13, [9, 13], False),
    case(28, 28, [14, 7], False),
    case(31, 17, [10, 12], True),
    case(5, 4, [11, 9], False),
    case(40, 3, [6, 5], True),
    case(1, 50, [1, 8], False),
]
path = Path(__file__).parent / "fixtures" / "images.json"
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
