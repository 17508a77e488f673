"""Uploaded images lose what their files said beside the picture."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from wagtail.images import get_image_model

from accounts.models import Role
from content.uploads import without_metadata
from tests.factories.accounts import UserFactory

GPS = 0x8825
ORIENTATION = 0x0112
MAKE = 0x010F
SECRET = b"Mae Sot shelter"


def picture(kind: str, size: tuple[int, int] = (40, 20), **save: Any) -> bytes:
    """A red picture with a blue left upper corner."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 4, size[1] // 4))
    written = io.BytesIO()
    image.save(written, kind, **save)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: maker, orientation, place."""
    tags = Image.Exif()
    tags[MAKE] = SECRET.decode()
    tags[ORIENTATION] = orientation
    tags.get_ifd(GPS).update({1: "N", 2: (16.0, 42.0, 47.0), 3: "E", 4: (98.0, 34.0, 29.0)})
    return tags


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Red, green, blue and opacity of a pixel."""
    found = image.convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def cleaned(data: bytes, name: str = "photo.jpg") -> Image.Image:
    return Image.open(without_metadata(ContentFile(data, name=name)))


def test_a_photograph_loses_its_place() -> None:
    data = picture("JPEG", exif=exif())
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)
    assert not cleaned(data).getexif()


@pytest.mark.parametrize(
    ("kind", "save"),
    [
        ("JPEG", {"exif": exif()}),
        ("JPEG", {"comment": SECRET}),
        ("JPEG", {"xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}),
        ("PNG", {"exif": exif()}),
        ("WEBP", {"exif": exif()}),
        ("WEBP", {"xmp": SECRET}),
        ("GIF", {"comment": SECRET}),
    ],
)
def test_nothing_that_was_beside_the_picture_is_left(kind: str, save: dict[str, Any]) -> None:
    data = picture(kind, **save)
    assert SECRET in data
    assert SECRET not in without_metadata(ContentFile(data, name="a")).read()


def test_texts_in_a_png_go() -> None:
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    assert SECRET not in without_metadata(ContentFile(picture("PNG", pnginfo=texts), name="a.png")).read()


def test_what_follows_the_picture_goes() -> None:
    assert SECRET not in without_metadata(ContentFile(picture("JPEG") + SECRET, name="a.jpg")).read()


def test_a_picture_taken_sideways_stands_upright() -> None:
    upright = cleaned(picture("JPEG", exif=exif(orientation=6)))
    assert upright.size == (20, 40)
    red, _green, blue, _opacity = colour(upright, 18, 2)
    assert blue > red


def test_colours_outlive_their_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    after = cleaned(picture("JPEG", icc_profile=profile, quality=95))
    red, green, blue, _opacity = colour(after, 30, 15)
    assert "icc_profile" not in after.info
    assert max(abs(red - 200), abs(green - 30), abs(blue - 30)) < 12


def test_a_profile_that_makes_no_sense_is_dropped() -> None:
    assert "icc_profile" not in cleaned(picture("JPEG", icc_profile=SECRET)).info


def test_transparency_stays() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
    assert colour(cleaned(written.getvalue(), "a.png"), 0, 0)[3] == 0


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_stands_still(kind: str) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=100)
    still = cleaned(written.getvalue())
    assert getattr(still, "n_frames", 1) == 1
    red, _green, blue, _opacity = colour(still, 0, 0)
    assert red > blue


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_the_format_stays(kind: str) -> None:
    assert cleaned(picture(kind)).format == kind


def test_a_file_that_is_no_image_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="not an image that can be read"):
        without_metadata(ContentFile(b"%PDF-1.7 not an image", name="photo.jpg"))


def test_a_format_that_we_do_not_take_is_refused() -> None:
    with pytest.raises(ValidationError):
        without_metadata(ContentFile(picture("TIFF"), name="photo.jpg"))


def test_a_broken_image_is_refused() -> None:
    with pytest.raises(ValidationError):
        without_metadata(ContentFile(picture("JPEG", size=(400, 400))[:900], name="photo.jpg"))


def test_too_many_pixels_are_refused_in_words(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 700
    with pytest.raises(ValidationError, match="too large"):
        without_metadata(ContentFile(picture("PNG"), name="a.png"))


# ---- Every way to the storage


@pytest.mark.django_db
def test_an_image_saved_by_code_is_stored_clean() -> None:
    data = picture("JPEG", exif=exif(orientation=6))
    image = get_image_model().objects.create(title="Return", file=ImageFile(io.BytesIO(data), name="a.jpg"))
    with image.file.open("rb") as stored:
        assert SECRET not in stored.read()


@pytest.mark.django_db
def test_the_stored_size_is_that_of_the_upright_picture() -> None:
    data = picture("JPEG", exif=exif(orientation=6))
    image = get_image_model().objects.create(title="Return", file=ImageFile(io.BytesIO(data), name="a.jpg"))
    image.refresh_from_db()
    assert (image.width, image.height) == (20, 40)


@pytest.mark.django_db
def test_a_file_stored_without_saving_the_image_is_clean_too() -> None:
    """The admin does this with an upload whose title was missing at first."""
    image = get_image_model()(title="Return")
    image.file.save("a.jpg", ContentFile(picture("JPEG", exif=exif())), save=False)
    with image.file.open("rb") as stored:
        assert SECRET not in stored.read()


@pytest.mark.django_db
def test_saving_again_draws_nothing_anew() -> None:
    image = get_image_model().objects.create(
        title="Return", file=ImageFile(io.BytesIO(picture("JPEG")), name="a.jpg")
    )
    name, before = image.file.name, image.file.open("rb").read()
    image.title = "Return home"
    image.save()
    assert (image.file.name, image.file.open("rb").read()) == (name, before)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    return client


def upload(client: Client, data: bytes, name: str = "photo.jpg") -> Any:
    return client.post(
        "/admin/images/multiple/add/",
        {"title": "Return", "files[]": SimpleUploadedFile(name, data, "image/jpeg")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def test_an_image_uploaded_in_the_admin_is_stored_clean(editor: Client) -> None:
    assert upload(editor, picture("JPEG", exif=exif(orientation=6))).json()["success"]
    image = get_image_model().objects.get()
    with image.file.open("rb") as stored:
        data = stored.read()
    assert SECRET not in data
    assert (image.width, image.height, image.file_size) == (20, 40, len(data))


def test_a_broken_upload_is_refused_in_words(editor: Client) -> None:
    answer = upload(editor, picture("JPEG", size=(400, 400))[:900]).json()
    assert answer["success"] is False
    assert "not an image that can be read" in answer["error_message"]
    assert not get_image_model().objects.exists()
