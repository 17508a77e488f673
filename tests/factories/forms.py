"""What a browser would send from a page's editing form."""

from __future__ import annotations

from typing import Any

from django.forms import Form, ModelMultipleChoiceField
from wagtail.blocks.stream_block import StreamValue


def sent_form(page: Any, *, person: Any, **changes: Any) -> dict[str, Any]:
    """The fields of the page's form as they stand, with ``changes``; its streams are left empty."""
    form_class = page.get_edit_handler().get_form_class()
    form: Form = form_class(instance=page, parent_page=page.get_parent(), for_user=person)
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(value, StreamValue):
            data[f"{name}-count"] = "0"
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif isinstance(field, ModelMultipleChoiceField):
            data[name] = [str(item.pk) for item in value]
        elif isinstance(value, (list, tuple)):
            data[name] = [str(item) for item in value]
        elif value is not None:
            data[name] = str(field.prepare_value(value))
    for name, formset in form.formsets.items():
        data |= {
            f"{name}-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        }
        assert not formset.queryset.exists(), "this helper sends no inline rows"
    return {name: value for name, value in (data | changes).items() if value != ""}
