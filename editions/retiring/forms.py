"""Forms of the screens that take a page out of use."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.languages import BY_CODE
from editions.models.editions import Edition
from editions.models.standing import Standing
from editions.retiring.taking_down import texts_of


class ReasonForm(forms.Form):
    """Every one of these actions has a reason. Who it is for, the screen says."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Readers see it with the page."),
    )

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page


class PageInUseField(forms.ModelChoiceField):
    """A list rather than Wagtail's page chooser: it works without JavaScript, and offers only what is possible."""

    def label_from_instance(self, obj: Page) -> str:
        return f"{obj.title} ({capfirst(obj.page_type_display_name)})"


class ReplaceForm(ReasonForm):
    other = PageInUseField(
        label=_("The page that takes its place"),
        queryset=Page.objects.none(),
        help_text=_("A page with editions that is in use. Readers are led there in their language."),
    )
    field_order = ["other", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_use = Standing.objects.filter(out_of_use="", current__isnull=False)
        pages = Page.objects.live().filter(locale=self.page.locale_id, standing__in=in_use)
        others = pages.exclude(translation_key=self.page.translation_key)
        cast(forms.ModelChoiceField, self.fields["other"]).queryset = others.select_related(
            "content_type"
        ).order_by("title")


class CancelForm(ReasonForm):
    """``edition`` is the one the person saw: another one may have been announced since."""

    edition = forms.ModelChoiceField(queryset=Edition.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["edition"]).queryset = Edition.objects.filter(
            page=self.page.pk
        ).defer("content")
        standing = self.page.standing_today
        self.initial["edition"] = standing.coming_id if standing else None


class TakeDownForm(ReasonForm):
    editions = forms.TypedMultipleChoiceField(
        label=_("Texts to take down"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    certain = forms.BooleanField(label=_("I know that this cannot be undone"))
    field_order = ["editions", "reason", "certain"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts_of(self.page.translation_key)
        self.fields["reason"].help_text = _(
            "One or two sentences. It stays for good: do not repeat what endangers someone."
        )
        cast(forms.ChoiceField, self.fields["editions"]).choices = [
            (text.pk, self._words(text)) for text in self.texts
        ]
        self.initial["editions"] = [text.pk for text in self.texts if text.number == self._number_today()]

    @property
    def chosen(self) -> list[Edition]:
        return [text for text in self.texts if text.pk in self.cleaned_data["editions"]]

    def _number_today(self) -> str:
        standing = self.page.standing_today
        current = standing.current if standing else None
        if current is not None:
            return str(current.number)
        return str(self.texts[0].number) if self.texts else ""

    def _words(self, text: Edition) -> str:
        language = BY_CODE[text.language].own_name
        published = date_format(timezone.localtime(text.published_at), "DATE_FORMAT")
        return f"{text.label} · {language} · {published} · {text.title}"
