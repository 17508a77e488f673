"""Asking to be told by mail, changing that, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import outbox
from content.languages import BY_CODE, DEFAULT_LANGUAGE
from editions.models import Subscription
from editions.telling.scopes import Scope, find

#: What a token of ours is for; one made for another purpose is refused.
SALT = "editions.telling.subscribing.leave"


class PaceForm(forms.ModelForm):
    class Meta:
        model = Subscription
        fields = ("pace",)
        labels = {"pace": _("How often")}
        help_texts = {"pace": _("Once a week means every Monday, if anything has changed.")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """A person's subscriptions; with ``scope``, ``key`` and ``language`` the form for one more.

    Raises Http404 for a scope that does not exist, or that readers may not see.
    """
    scope = _asked_for(request)
    form = None
    if scope is not None:
        form = PaceForm(request.POST or None, instance=_wish(request.user, scope))
        if request.method == "POST" and _may_be_told(request.user) and form.is_valid():
            form.save()
            return redirect("subscriptions")
    return _answer(request, form=form, scope=scope)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another pace. Raises Http404 for somebody else's subscription."""
    wish = get_object_or_404(Subscription, pk=pk, user=request.user)
    form = PaceForm(request.POST or None, instance=wish)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("subscriptions")
    return _answer(request, form=form, scope=find(wish.scope, wish.key, wish.language))


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves one's own subscription; leaving twice is no mistake."""
    Subscription.objects.filter(pk=pk, user=request.user.pk).delete()
    return redirect("subscriptions")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail: one press ends the subscriptions that the mail was for, without signing in.

    The signed token is the right to do so, and it can do nothing else; mail programs post here by
    themselves (RFC 8058), so there can be no form token. Raises Http404 for a token that is not ours.
    """
    try:
        keys = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404("no such link") from error
    wishes = Subscription.objects.filter(pk__in=keys)
    if request.method == "POST":
        wishes.delete()
        return render(request, "editions/subscriptions_left.html")
    return render(request, "editions/subscriptions_leave.html", {"rows": _rows(wishes)})


def token_for(wishes: list[Subscription]) -> str:
    """The end of the address that ends these subscriptions. It holds their numbers and nobody's name."""
    return signing.dumps(sorted(wish.pk for wish in wishes), salt=SALT)


def _asked_for(request: HttpRequest) -> Scope | None:
    kind = request.GET.get("scope", "")
    if not kind:
        return None
    language = request.GET.get("language") or get_language() or DEFAULT_LANGUAGE
    scope = find(kind, request.GET.get("key", ""), language) if language in BY_CODE else None
    if scope is None:
        raise Http404("there is nothing of this kind to be told about")
    return scope


def _wish(user: Any, scope: Scope) -> Subscription:
    """The person's subscription to a scope, or a new one that begins now."""
    said = {"user": user, "scope": scope.kind, "key": scope.key, "language": scope.language}
    return Subscription.objects.filter(**said).first() or Subscription(told_until=timezone.now(), **said)


def _may_be_told(user: Any) -> bool:
    return bool(user.email) and not outbox.is_in_use()


def _answer(request: HttpRequest, *, form: PaceForm | None, scope: Scope | None) -> HttpResponse:
    context = {
        "form": form,
        "scope": scope,
        "rows": _rows(Subscription.objects.filter(user=request.user.pk)),
        "has_address": bool(request.user.email),  # type: ignore[union-attr]  # only signed-in people come here
        "is_offered": not outbox.is_in_use(),
    }
    return render(request, "editions/subscriptions.html", context)


def _rows(wishes: Any) -> list[tuple[Subscription, Scope | None]]:
    """Each subscription with what it is about, None where that is gone. Two queries for each at most."""
    return [(wish, find(wish.scope, wish.key, wish.language)) for wish in wishes.order_by("created", "pk")]
