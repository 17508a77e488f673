"""YAML without its surprises, and the lines of its parts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

#: Front matter and body of a page's file.
FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---(?:\n|\Z)(.*)\Z", re.DOTALL)


class StrictLoader(yaml.SafeLoader):
    """Refuses a field given twice, which YAML itself would silently let the last one win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _value in node.value:
            if isinstance(key_node, yaml.ScalarNode):
                if key_node.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"{key_node.value!r} is given twice", key_node.start_mark
                    )
                seen.add(key_node.value)
        return super().construct_mapping(node, deep)


# Dates stay as they are written: a partial date is text.
StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def line_of(node: Any, location: list[Any]) -> int:
    """The line of the deepest part of ``location`` that exists, counted from 0."""
    line = node.start_mark.line if node is not None else 0
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line


def line_in(path: Path, location: list[Any]) -> int:
    """The line of a field in a file that has been read before, counted from 1."""
    text = path.read_text(encoding="utf-8-sig")
    first_line = 1
    if path.suffix == ".md" and (parts := FRONT_MATTER.match(text)):
        text, first_line = parts[1], 2
    return line_of(yaml.compose(text, Loader=StrictLoader), location) + first_line
