"""One account for each role, so that a new install can be tried and handed over."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Assignment, Role, User

#: Crockford's alphabet: no letter that looks like a digit, for passwords that are copied from paper.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def one_time_password() -> str:
    """20 characters, 100 bits, in groups of five."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(5)) for _group in range(4))


class Command(BaseCommand):
    help = (
        "Creates one account for each role, for all countries and languages, with a one-time password. "
        "Accounts that exist are left as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", required=True, type=Path, help="where the passwords are written, readable by you alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with transaction.atomic():
            passwords = self._create_missing()
            if passwords:
                self._write(path, passwords)
        for username, password in passwords.items():
            self.stdout.write(f"{username}  {password}")
        unchanged = len(Role.Code) - len(passwords)
        self.stdout.write(f"{len(passwords)} accounts created, {unchanged} unchanged.")
        if passwords:
            self.stdout.write(f"The passwords are in {path}. Each must be changed at the first sign-in.")

    @staticmethod
    def _create_missing() -> dict[str, str]:
        """The one-time password of each account that was created, by username."""
        passwords: dict[str, str] = {}
        for role in Role.objects.all():
            username = role.code.replace("_", "-")
            if User.objects.filter(username__iexact=username).exists():
                continue
            passwords[username] = one_time_password()
            user = User.objects.create_user(
                username,
                password=passwords[username],
                first_name=Role.Code(role.code).name.replace("_", " ").capitalize(),
                must_change_password=True,
            )
            Assignment.objects.give(user, role.code, countries="all", languages="all")
        return passwords

    @staticmethod
    def _write(path: Path, passwords: dict[str, str]) -> None:
        """Before the accounts are committed: a password that nobody was told is an account that is lost."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                os.fchmod(descriptor, 0o600)
                file.writelines(f"{username}  {password}\n" for username, password in passwords.items())
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}). No account was created."
            ) from error
