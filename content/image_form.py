"""The admin's form for images. Named by ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

from __future__ import annotations

from typing import Any

from wagtail.images.forms import BaseImageForm

from content.uploads import without_metadata


class ImageForm(BaseImageForm):
    """Draws a new file anew while errors can still be said in words."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return without_metadata(file) if "file" in self.changed_data and file else file
