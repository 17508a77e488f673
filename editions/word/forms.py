"""What an editor says when a Word document is imported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from content.addresses import slug_validator
from editions.models import VersionedPage
from editions.word.importing import Document, read_document
from editions.word.safety import LARGEST_FILE, Refused, too_large


class WordForm(forms.Form):
    """The file. Once the form is valid ``document`` holds what was read from it."""

    file = forms.FileField(
        label=_("Word document"),
        help_text=_("A .docx file of at most 10 MB. Pictures in it are left out."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )
    document: Document

    def clean_file(self) -> Any:
        """Refuses with the reason whatever is not safe to open or cannot be read."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise ValidationError(too_large())
        try:
            self.document = read_document(upload.read())
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return upload


class NewPageForm(WordForm):
    """A page that does not exist yet: of which kind, and the end of its address."""

    kind = forms.ChoiceField(label=_("Kind of page"))
    slug = forms.CharField(
        label=_("End of the address"),
        required=False,
        max_length=255,
        validators=[slug_validator],
        help_text=_("Letters a to z, digits and hyphens. Empty: it is made from the title."),
    )

    field_order = ["kind", "file", "slug"]

    def __init__(self, *args: Any, kinds: list[type[VersionedPage]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind._meta.model_name or "": kind for kind in kinds}
        choices = [(name, str(kind._meta.verbose_name)) for name, kind in self.kinds.items()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0][0]
            self.fields["kind"].widget = forms.HiddenInput()
        self.asked: dict[str, tuple[type[VersionedPage], str]] = {}
        for kind in kinds:
            for name in kind.word_asked:
                field: Any = kind._meta.get_field(name).formfield()  # type: ignore[union-attr]
                field.required = False
                known = f"{kind._meta.model_name}_{name}"
                self.fields[known] = field
                self.asked[known] = (kind, name)

    @property
    def model(self) -> type[VersionedPage]:
        return self.kinds[self.cleaned_data["kind"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.kinds.get(cleaned.get("kind", ""))
        for known, (kind, _name) in self.asked.items():
            if kind is chosen and not cleaned.get(known):
                self.add_error(known, _("This kind of page cannot be stored without it."))
        document = getattr(self, "document", None)
        if document is not None and not document.name:
            self.add_error("file", _("The document has no title. Give its first line the style 'Title'."))
        elif document is not None and not cleaned.get("slug") and not slugify(document.name):
            self.add_error("slug", _("The title has no Latin letters. Write a short English one here."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the page must have before it can be stored."""
        kind = self.model
        return {
            name: self.cleaned_data[known] for known, (model, name) in self.asked.items() if model is kind
        }
