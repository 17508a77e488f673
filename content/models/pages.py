"""The base of every page, and the two plainest kinds of page."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Value, When
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.blocks import BodyBlock, SourcesBlock
from content.languages import DEFAULT_LANGUAGE, document_tag
from content.models.tags import TaggedPage
from content.permissions import PageRights
from content.slugs import check_address, check_slug


class BasePageQuerySet(PageQuerySet):
    """The verbs of every public listing."""

    def shown(self) -> Self:
        """Live pages that anybody may read: no drafts, and nothing below a private page."""
        return self.live().unrestricted()

    def unrestricted(self) -> Self:
        """Pages, live or not, that are neither private nor below a private page.

        Wagtail's ``public()`` asks for all restrictions first; here they are part of the query.
        """
        path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        restricted = PageViewRestriction.objects.annotate(candidate=path).filter(
            candidate__startswith=F("page__path")
        )
        return self.filter(~Exists(restricted))

    def listed(self) -> Self:
        """What listings hold. Kinds of page that can go out of use leave those out."""
        return self.shown()

    def once_each(self, locale: Locale) -> Self:
        """Each page once: in the given language, else in English, else in its oldest language.

        Only pages that are shown count as versions: neither a draft nor a private translation hides the original.
        """

        def with_rank(queryset: Any) -> Any:
            return queryset.annotate(
                language_rank=Case(
                    When(locale=locale, then=Value(0)),
                    When(locale__language_code=DEFAULT_LANGUAGE, then=Value(1)),
                    default=Value(2),
                    output_field=IntegerField(),
                )
            )

        siblings = with_rank(
            BasePageQuerySet(Page)
            .shown()
            .filter(translation_key=OuterRef("translation_key"))
            .exclude(pk=OuterRef("pk"))
        )
        better = siblings.filter(
            Q(language_rank__lt=OuterRef("language_rank"))
            | Q(language_rank=OuterRef("language_rank"), pk__lt=OuterRef("pk"))
        )
        return with_rank(self).filter(~Exists(better))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(Page):
    """What every page of the site has.

    ``as_of`` is the year that the sources describe; it is shown as such and promises nothing about today.
    ``unconfirmed`` marks starter content that nobody has confirmed, ``translation_unreviewed`` a starter
    translation that no native speaker has read. Both are told to readers until a person clears them.
    """

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences: what this is, and for whom.")
    )
    as_of = models.PositiveSmallIntegerField(
        _("practice described in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("The year that the sources describe. Readers see it below the title."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("further text"))
    sources = StreamField(SourcesBlock(), blank=True, verbose_name=_("sources"))
    unconfirmed = models.BooleanField(
        _("not yet confirmed"),
        default=False,
        help_text=_("Readers are told that nobody has confirmed this text yet. Clear it when you have."),
    )
    translation_unreviewed = models.BooleanField(
        _("translation not yet reviewed"),
        default=False,
        help_text=_("Readers are told that no native speaker has read this translation yet."),
    )
    tags = ClusterTaggableManager(through=TaggedPage, blank=True, verbose_name=_("tags"))

    objects = BasePageManager()

    override_translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("slug", overridable=False),
        TranslatableField("introduction"),
        SynchronizedField("as_of", overridable=False),
        SynchronizedField("unconfirmed"),
        SynchronizedField("translation_unreviewed"),
    ]

    #: Panels between the introduction and the further text; each page type names its own.
    main_panels: list[Any] = []
    #: Panels of the tab for where and when the page applies.
    applies_panels: list[Any] = []
    #: Panels of the tab for numbered editions; pages without editions have no such tab.
    edition_panels: list[Any] = []

    #: Which pages of the kind a listing leaves out (``content.listings.LeftOut``); None: none.
    left_out: Any = None

    #: Whether people may hold editions of the page, so that it never just leaves its address.
    keeps_editions = False

    #: The icon of the page's kind, from the sprite.
    kind_icon = "file"

    #: Forms stand at their own addresses, so that every page can be cached whole.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805
        """The editor: text first, then where it applies, what it rests on, and its address."""
        text = [
            TitleFieldPanel("title", help_text=_("Short and calm: it is read over a shoulder.")),
            FieldPanel("introduction"),
            *cls.main_panels,
            FieldPanel("body"),
        ]
        applies = [
            *cls.applies_panels,
            FieldPanel("tags"),
            InlinePanel("related_to", label=_("Related page")),
        ]
        age = ["as_of", "unconfirmed", "translation_unreviewed"]
        if cls.edition_panels:
            age.remove("unconfirmed")  # approval of an edition confirms it
        basis = [
            MultiFieldPanel([FieldPanel(name) for name in age], heading=_("Age and review")),
            FieldPanel("sources"),
        ]
        publishing = [
            FieldPanel(
                "slug",
                heading=_("End of the address"),
                help_text=_("The same in every language: letters a to z, digits and hyphens."),
            ),
            FieldPanel(
                "search_description",
                heading=_("Description for search engines"),
                help_text=_("Empty: the introduction is used."),
            ),
            # When an edition goes live follows from its effective date, and it never expires.
            *([] if cls.edition_panels else Page.settings_panels),
        ]
        tabs = [
            ObjectList(text, heading=_("Text")),
            ObjectList(applies, heading=_("Where it applies")),
            ObjectList(basis, heading=_("Sources and review")),
            ObjectList(publishing, heading=_("Address")),
        ]
        if cls.edition_panels:
            tabs.insert(1, ObjectList(cls.edition_panels, heading=_("Edition")))
        return TabbedInterface(tabs)

    @cached_property
    def language(self) -> str:
        """The page's language code; the locale is nearly always loaded already."""
        return self.locale.language_code

    @property
    def document_language(self) -> str:
        return document_tag(self.language)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Leave the page on the request: the frame around it asks in which languages it exists."""
        request.homeward_page = self
        return super().get_context(request, *args, **kwargs)

    def permissions_for_user(self, user: Any) -> PageRights:
        """Wagtail asks here before it shows or does anything with the page."""
        return PageRights(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        check_slug(self)
        super().full_clean(*args, **kwargs)
        check_slug(self)  # it may have been made from the title just now
        check_address(self)

    def minimal_clean(self) -> None:
        """What drafts must pass too: their address is given away as soon as they have one."""
        check_slug(self)
        super().minimal_clean()
        check_slug(self)
        check_address(self)


class StandardPage(BasePage):
    """A page of running text: about, privacy, accessibility, key figures."""

    parent_page_types = ["portal.HomePage", "content.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
        # Holds for pages of every kind (content.permissions); a permission has to stand on some model.
        permissions = [("take_off_site", _("Can take a page off the site at once"))]


class SectionPage(BasePage):
    """A page that leads to the pages below it."""

    parent_page_types = ["portal.HomePage", "content.SectionPage"]
    subpage_types = ["content.SectionPage", "content.StandardPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
