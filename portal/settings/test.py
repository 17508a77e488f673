"""Settings for the tests: production's, with what makes tests quick and repeatable."""

import os
import tempfile

os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 50
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["PUBLIC_URL"] = "http://localhost"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="homeward-test-"))
os.environ["EMAIL_URL"] = ""
os.environ["LOG_LEVEL"] = "WARNING"
#: Nothing is printed because a test publishes; tests of PDFs name a browser.
os.environ["CHROMIUM"] = "none-in-tests"

from portal.settings.production import *  # noqa: F403
from portal.settings.production import DATA_DIR, DATABASES, STORAGES

DATA_DIR.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the browser tests read it from the server's thread.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
SILENCED_SYSTEM_CHECKS = ["editions.W002"]  # no Chromium: see above
