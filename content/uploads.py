"""Uploaded images are drawn anew, so that what the camera wrote beside the picture is gone.

A photograph of a shelter's kitchen tells where the shelter is to whoever opens the file's properties.
The picture is decoded and encoded again; place, time, device, comments, thumbnails and whatever else
the file carried are not copied. All ways to the storage pass ``CleanImageField``; the admin's form
(``content.image_form``) asks first, so that a refusal stands beside the field.
"""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

#: Formats that are opened at all; other decoders of Pillow never see a file.
READ = ("JPEG", "PNG", "GIF", "WEBP")
#: How each is written again. MPO is what Pillow calls the JPEG of many phones, which holds two pictures.
ENCODERS: dict[str, dict[str, Any]] = {
    "JPEG": {"format": "JPEG", "quality": 88, "optimize": True, "progressive": True},
    "MPO": {"format": "JPEG", "quality": 88, "optimize": True, "progressive": True},
    "PNG": {"format": "PNG"},
    "GIF": {"format": "GIF"},
    "WEBP": {"format": "WEBP", "quality": 88},
}


class ReencodedImage(SimpleUploadedFile):
    """A file that has been drawn anew; a second time would only cost quality."""


def without_metadata(file: File) -> ReencodedImage:
    """The same picture, upright, in the same format and in sRGB, with nothing beside it.

    Of a moving picture the first frame is kept: nothing moves on our pages. Raises ValidationError for
    a file that is no image of these formats, that is broken, or that has more pixels than
    ``WAGTAILIMAGES_MAX_IMAGE_PIXELS``, which is asked before any pixel is decoded.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=READ) as image:
            _refuse_too_many_pixels(image)
            encoder = ENCODERS[str(image.format)]
            picture = _in_srgb(ImageOps.exif_transpose(image), image.info.get("icc_profile"))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except ValidationError:
        raise
    except Exception as error:  # a broken or hostile file makes a decoder raise anything
        raise unreadable() from error
    if encoder["format"] == "JPEG" and picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    # Pillow writes comments and profiles that it finds here.
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    written = io.BytesIO()
    picture.save(written, **encoder)
    return ReencodedImage(str(file.name), written.getvalue(), content_type=Image.MIME[encoder["format"]])


def unreadable() -> ValidationError:
    """What is said of a file that is no image, is broken, or is of another format."""
    return ValidationError(
        _("This is not an image that can be read. Use a JPEG, PNG, GIF or WebP file."), code="invalid_image"
    )


def _refuse_too_many_pixels(image: Image.Image) -> None:
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This image is too large. Make it smaller: at most %(millions)s million pixels."),
        code="file_too_many_pixels",
        params={"millions": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant, once the profile that says how is gone. A senseless profile is ignored."""
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB" if picture.mode == "CMYK" else picture.mode
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError):
            return picture
        return converted or picture
    return picture


class CleanImageFieldFile(WagtailImageFieldFile):
    def save(self, name: str, content: File, save: bool = True) -> None:
        if not isinstance(content, ReencodedImage):
            content = without_metadata(content)
        super().save(name, content, save)


class CleanImageField(WagtailImageField):
    """An image field that stores nothing as it came."""

    attr_class = CleanImageFieldFile

    def deconstruct(self) -> Any:
        """To the database it is Wagtail's field, so a change of ours makes no migration."""
        name, _path, arguments, keywords = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", arguments, keywords
