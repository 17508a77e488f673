"""Who works here, and for which countries and languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Self

from django.contrib.auth.models import AbstractUser, Group
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from content.languages import BY_CODE, LANGUAGES

if TYPE_CHECKING:
    from content.models import Country

#: Said instead of a list of countries or languages: every one there is, and every one to come.
Everything = Literal["all"]


class UserQuerySet(models.QuerySet["User"]):
    """Whom to ask. Deactivated people are never among them."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_role(self, *roles: str) -> Self:
        """People who hold one of the roles, for whatever country and language."""
        return self.active().filter(pk__in=Assignment.objects.of_role(*roles).values("user"))

    def covering(self, *roles: str, country: Country | None, language: str | None) -> Self:
        """People who hold one of the roles for this country and language, as in ``AssignmentQuerySet``."""
        found = Assignment.objects.of_role(*roles).covering(country=country, language=language)
        return self.active().filter(pk__in=found.values("user"))


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class User(AbstractUser):
    """A person with an account. Accounts are deactivated, never deleted, because approvals name them.

    What a person may do comes from assignments only. ``is_superuser`` is for the command line: it bypasses
    every permission, so no screen gives it and no role has it.
    """

    must_change_password = models.BooleanField(_("must change the password"), default=False)

    objects = UserManager()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        constraints = [
            # Sign-in ignores case, and takes an address for a name: both must mean one person.
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_a_username",
                violation_error_message=_("Another account has this username."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="one_account_an_email",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def has_role(self, *roles: str) -> bool:
        """Holds one of the roles, for whatever country and language."""
        return self.is_active and self.assignments.of_role(*roles).exists()

    def covers(self, *roles: str, country: Country | None, language: str | None) -> bool:
        """Holds one of the roles for this country and language, as in ``AssignmentQuerySet``."""
        if not self.is_active:
            return False
        return self.assignments.of_role(*roles).covering(country=country, language=language).exists()


class Role(models.Model):
    """What a person does here. Rows come by migration; ``portal.roles`` gives each group its permissions."""

    class Code(models.TextChoices):
        PRACTITIONER = "practitioner", _("practitioner")
        TRANSLATOR = "translator", _("translator")
        EDITOR = "editor", _("editor")
        SAFEGUARDING_REVIEWER = "safeguarding_reviewer", _("safeguarding reviewer")
        DIRECTORY_MANAGER = "directory_manager", _("directory manager")
        ADMINISTRATOR = "administrator", _("administrator")

    code = models.CharField(_("code"), max_length=30, unique=True, choices=Code.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="role", verbose_name=_("group")
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return str(self.get_code_display())


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Questions about scope."""

    def of_role(self, *roles: str) -> Self:
        return self.filter(role__code__in=roles)

    def covering(self, *, country: Country | None, language: str | None) -> Self:
        """Assignments that include this country and this language.

        None means what concerns no single country or language, such as guidance for the whole region:
        only an assignment for all of them includes it.
        """
        countries = Q(all_countries=True)
        if country is not None:
            chosen = Assignment.countries.through.objects.filter(country=country)
            countries |= Q(pk__in=chosen.values("assignment"))
        languages = Q(all_languages=True)
        if language is not None:
            languages |= Q(pk__in=AssignmentLanguage.objects.filter(language=language).values("assignment"))
        return self.filter(countries, languages)


class AssignmentManager(models.Manager.from_queryset(AssignmentQuerySet)):  # type: ignore[misc]
    def give(
        self,
        user: User,
        role: str,
        *,
        countries: Iterable[Country] | Everything,
        languages: Iterable[str] | Everything,
    ) -> Assignment:
        """Gives a person a role by its code, for these countries and languages."""
        with transaction.atomic():
            assignment = self.create(
                user=user,
                role=Role.objects.get(code=role),
                all_countries=countries == "all",
                all_languages=languages == "all",
            )
            if not isinstance(countries, str):
                assignment.countries.set(countries)
            if not isinstance(languages, str):
                assignment.set_languages(languages)
        return assignment


class Assignment(models.Model):
    """A role for some countries and some languages: the only place where scope is stored.

    Nothing chosen means nothing covered. "All" is said, never inferred from an empty list, so that a
    forgotten choice gives no right. Saving and deleting keep the person's groups in step
    (``accounts.receivers``).
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("role")
    )
    all_countries = models.BooleanField(_("all countries"), default=False)
    countries = models.ManyToManyField(
        "content.Country", blank=True, related_name="+", verbose_name=_("countries")
    )
    all_languages = models.BooleanField(_("all languages"), default=False)

    objects = AssignmentManager()

    class Meta:
        ordering = ["user__username", "role__position", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the change of groups that follows from it: both, or neither."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    @property
    def languages(self) -> list[str]:
        """The codes of the chosen languages, in the site's order."""
        chosen = {row.language for row in self.language_rows.all()}
        return [language.code for language in LANGUAGES if language.code in chosen]

    def set_languages(self, codes: Iterable[str]) -> None:
        """Replaces the chosen languages. Raises KeyError for a language that the site does not have."""
        wanted = {BY_CODE[code].code for code in codes}
        self.language_rows.exclude(language__in=wanted).delete()
        present = set(self.language_rows.values_list("language", flat=True))
        AssignmentLanguage.objects.bulk_create(
            AssignmentLanguage(assignment=self, language=code) for code in sorted(wanted - present)
        )


class AssignmentLanguage(models.Model):
    """One language of an assignment. A row, because not every database can ask a list in a column."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="language_rows")
    language = models.CharField(
        _("language"), max_length=12, choices=[(item.code, item.own_name) for item in LANGUAGES]
    )

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "language"], name="one_row_a_language_assigned")
        ]

    def __str__(self) -> str:
        return self.language


class OutboxMessage(models.Model):
    """A mail that was not sent, because no mail server is set up. Administrators read it and pass it on."""

    to = models.TextField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    created = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("mail not sent")
        verbose_name_plural = _("mail not sent")

    def __str__(self) -> str:
        return self.subject
