from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True  # there are two in this file
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import policies, receivers

        receivers.connect()
        policies.connect()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our forms. Named in INSTALLED_APPS in place of ``wagtail.users``."""

    user_viewset = "accounts.user_screens.AccountViewSet"

    def ready(self) -> None:
        """The policies that Wagtail registers here are registered in ``accounts.policies``."""
