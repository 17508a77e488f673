"""What a browser sends from a page's editing form that is left as it was opened."""

from __future__ import annotations

from typing import Any

from django.forms import ModelMultipleChoiceField
from taggit.forms import TagField
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue


def sent_unchanged(form: Any) -> dict[str, list[str]]:
    """The values of a form that is not bound, by the names of its fields; streams and inline rows too."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(value, StreamValue):
            _send(field.block, value, name, data)
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif isinstance(field, TagField):
            data[name] = ", ".join(f'"{tag}"' for tag in value)
        elif isinstance(field, ModelMultipleChoiceField):
            data[name] = [str(row.pk) for row in value]
        elif value is not None:
            data[name] = str(field.prepare_value(value))
    for formset in form.formsets.values():
        rows = formset.initial_forms
        data |= {f"{formset.prefix}-{name}_FORMS": str(len(rows)) for name in ("TOTAL", "INITIAL")}
        for number, row in enumerate(rows, start=1):
            own = {"id": row.instance.pk, "ORDER": number, "DELETE": None}
            for name, field in row.fields.items():
                value = own.get(name, row.get_initial_for_field(field, name))
                if value not in (None, ""):
                    data[f"{row.prefix}-{name}"] = str(field.prepare_value(value))
    return {name: value if isinstance(value, list) else [value] for name, value in data.items()}


def _send(block: Any, value: Any, name: str, data: dict[str, Any]) -> None:
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value
        data[f"{name}-count"] = str(len(children))
        for index, child in enumerate(children):
            start = f"{name}-{index}"
            data |= {f"{start}-deleted": "", f"{start}-order": str(index), f"{start}-id": child.id or ""}
            data[f"{start}-type"] = child.block.name
            _send(child.block, child.value, f"{start}-value", data)
    elif isinstance(block, blocks.BaseStructBlock):
        for key, child in block.child_blocks.items():
            _send(child, value.get(key), f"{name}-{key}", data)
    elif isinstance(value, bool):
        data |= {name: "on"} if value else {}
    else:
        shown = block.field.prepare_value(block.value_for_form(value))
        if isinstance(block, blocks.RichTextBlock):
            shown = block.field.widget.format_value(shown)
        data[name] = "" if shown is None else str(shown)
