"""The seven locales, a home page for each, and the site."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import migrations

LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]


def create(apps: Any, schema_editor: Any) -> None:
    """Wagtail's own first migration has left a root, a welcome page and a site; the welcome page goes."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("portal", "HomePage")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    content_type, _created = ContentType.objects.get_or_create(app_label="portal", model="homepage")
    translation_key = uuid.uuid4()
    homes = {}
    for number, language in enumerate(LANGUAGES, start=1):
        locale, _created = Locale.objects.get_or_create(language_code=language)
        homes[language] = HomePage.objects.create(
            title="Homeward",
            draft_title="Homeward",
            slug=f"home-{language}",
            path=f"{root.path}{number:04d}",
            depth=2,
            numchild=0,
            url_path=f"/home-{language}/",
            content_type=content_type,
            locale=locale,
            translation_key=translation_key,
            live=True,
        )
    root.numchild = len(homes)
    root.save()
    Site.objects.create(
        hostname="localhost", port=80, site_name="Homeward", root_page_id=homes["en"].pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
