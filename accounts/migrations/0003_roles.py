"""The six roles, each with the group that carries its permissions (``portal.roles``)."""

from typing import Any

from django.db import migrations

ROLES = (
    ("practitioner", "Practitioner"),
    ("translator", "Translator"),
    ("editor", "Editor"),
    ("safeguarding_reviewer", "Safeguarding reviewer"),
    ("directory_manager", "Directory manager"),
    ("administrator", "Administrator"),
)


def create(apps: Any, schema_editor: Any) -> None:
    Group = apps.get_model("auth", "Group")
    Role = apps.get_model("accounts", "Role")
    for position, (code, name) in enumerate(ROLES, start=1):
        group, _created = Group.objects.get_or_create(name=name)
        Role.objects.get_or_create(code=code, defaults={"position": position, "group": group})


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "Role").objects.all().delete()
    apps.get_model("auth", "Group").objects.filter(name__in=[name for _code, name in ROLES]).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]
    operations = [migrations.RunPython(create, remove)]
