"""The admin's form for images. Named by ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content.uploads import unreadable, without_metadata


class UploadField(WagtailImageField):
    """Wagtail's field answers an image that breaks off half way, as on a weak line, with a 500."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:
            raise unreadable() from error


class ImageForm(BaseImageForm):
    """Draws a new file anew while errors can still be said in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = UploadField(
                label=field.label, required=field.required, widget=field.widget, initial=field.initial
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return without_metadata(file) if "file" in self.changed_data and file else file
