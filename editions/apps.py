from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        from editions import checks, files  # noqa: F401  (checks register themselves)
        from editions.pdf import checks as pdf_checks  # noqa: F401  (the same)
        from editions.telling import notices  # noqa: F401  (the same)

        files.connect()
