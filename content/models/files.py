"""Uploaded images and documents."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from content.uploads import CleanImageField


class UploadedImage(AbstractImage):
    """An image. What its file said about camera, place and time is gone (see ``content.uploads``)."""

    file = CleanImageField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file is stored first: its width and height are known only when it stands upright."""
        self._meta.get_field("file").pre_save(self, add=False)
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    """A size of an image, made when first asked for."""

    image = models.ForeignKey(UploadedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter"
            )
        ]


class UploadedDocument(AbstractDocument):
    """A file for download: a form, an annex, a signed agreement."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
