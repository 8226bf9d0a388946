"""Reads the YAML files that ship with the rooms.

Knows the format. Does not know what the files say.
"""

from importlib.resources import files
from typing import Any

import yaml

# Several times as fast where PyYAML was built with libyaml, and the same otherwise.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shipped_yaml(package: str, name: str) -> Any:  # noqa: ANN401 - YAML has no static shape
    """What a file in a package's ``data`` folder says.

    Args:
        package: The package, by its full name.
        name: The file's name in the folder.
    """
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - it is a safe loader
