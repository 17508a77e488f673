"""Settings for ``make lint``: the tests', with the tool that reads migrations, which is an app."""

from portal.settings.test import *  # noqa: F403
from portal.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
