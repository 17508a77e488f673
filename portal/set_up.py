"""The steps of ``manage.py set_up``, and how each knows that it has nothing to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.utils.translation import reloader, trans_real
from wagtail.models import Site

from portal.catalogs import compile_catalogs
from portal.models.set_up import SetUpStep


def make_folders() -> None:
    """Where the database, uploads and collected files go."""
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)


def catalogs() -> bool:
    """Compiles catalogs; whether any had changed.

    Django remembers which languages it found without a catalog (Lao, before the first start), so it is
    made to look again: the next steps run in this process.
    """
    compiled, _ = compile_catalogs()
    if compiled:
        reloader.translation_file_changed(None, Path("django.mo"))
        trans_real.reset_cache(setting="LANGUAGES")
    return compiled > 0


def static_files() -> bool:
    """Collects static files under hashed names; whether anything had changed. Not needed while developing."""
    if settings.DEBUG:
        return False
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.checksum")
    checksum = _static_checksum()
    if (root / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == checksum:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    stamp.write_text(checksum)
    return True


def once(name: str, files: Iterable[Path], do: Callable[[], object]) -> bool:
    """Runs a step that changes the database, unless it ran on this database with the same files."""
    checksum = _checksum(files)
    if _done(name) == checksum:
        return False
    do()
    SetUpStep.objects.update_or_create(name=name, defaults={"checksum": checksum})
    return True


def public_site() -> bool:
    """Gives Wagtail's site the host of PUBLIC_URL, which mails and the API build addresses from; whether it changed."""
    parts = urlsplit(settings.PUBLIC_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    changed = Site.objects.filter(is_default_site=True).exclude(hostname=parts.hostname or "", port=port)
    for site in changed:
        site.hostname, site.port = parts.hostname or "localhost", port
        site.save()
        return True
    return False


def schema_files() -> list[Path]:
    """What ``migrate`` depends on: everybody's migrations, and the rights it writes when it is through."""
    found = [Path(settings.BASE_DIR) / "portal" / "roles.py"]
    for app in apps.get_app_configs():
        found += (Path(app.path) / "migrations").glob("*.py")
    return found


def starter_files() -> list[Path]:
    """What loading starter content depends on: the content and the loader, which live in one folder."""
    folder = Path(settings.BASE_DIR) / "portal" / "starter_content"
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def _done(name: str) -> str | None:
    """The checksum a step last went through with; None in a database that has no tables yet."""
    if SetUpStep._meta.db_table not in connection.introspection.table_names():
        return None
    return SetUpStep.objects.filter(name=name).values_list("checksum", flat=True).first()


def _checksum(files: Iterable[Path]) -> str:
    """Of names and contents; of the name the last three parts, since packages lie anywhere."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.exists():
            digest.update("/".join(path.parts[-3:]).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _static_checksum() -> str:
    """Of names, sizes and times: the admin brings thousands of files, too many to read at each start."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list(None):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
