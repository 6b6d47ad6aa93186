"""Task: find and read the documents about connecting, in any version, as page or PDF (CN-24)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from volmacht.onboarding.documents import (
    LANGUAGES,
    DocumentKey,
    DocumentVersion,
    UnknownVersion,
    current,
    numbers,
    version,
)
from volmacht.onboarding.documents.structure import Block, Heading
from volmacht.portals.public.document_words import ABOUT, BY_SLUG, SLUGS, SUBJECTS
from volmacht.portals.public.interface_documents import INTERFACES, interface_text, is_here
from volmacht.portals.public.kit import SHOWN
from volmacht.portals.public.planner import may_plan
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.document_html import blocks_html
from volmacht.portals.shared.document_pdf import document_pdf
from volmacht.portals.shared.limiting import too_many
from volmacht.portals.shared.page_language import language

FEWEST_FOR_CONTENTS = 4
OWN_NAMES = {"nl": "Nederlands", "en": "English"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A document in one language: its page and its PDF."""

    language: str
    name: str
    address: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A document on the page that lists them."""

    document: DocumentVersion
    about: Promise
    address: str
    copies: tuple[Copy, ...]


@audience(Audience.PUBLIC)
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, by subject, with version and date."""
    subjects = [(subject.name, [_listed(key) for key in subject.keys]) for subject in SUBJECTS]
    interfaces = [each for each in INTERFACES if is_here(each)]
    values = {"guide": _listed(DocumentKey.GUIDE), "subjects": subjects, "interfaces": interfaces}
    return show(request, "documentation.html", values)


@audience(Audience.PUBLIC)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide, at an address of its own name; as every other document."""
    return _page(request, current(DocumentKey.GUIDE, language()))


@audience(Audience.PUBLIC)
@require_safe
def former_guide(_request: HttpRequest) -> HttpResponse:
    """The address that the explanation of the choices had before it became the guide."""
    return HttpResponseRedirect(reverse("public:guide"))


@audience(Audience.PUBLIC)
@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document as it is in force now."""
    return _page(request, current(_key(slug), language()))


@audience(Audience.PUBLIC)
@require_safe
def document_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a document, also of long ago."""
    return _page(request, _version(slug, number))


@audience(Audience.PUBLIC)
@require_safe
def document_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as PDF."""
    found = _version(slug, number)
    if not may_plan(request):
        return too_many(request)
    name = f"{slug}-{number}-{found.language}.pdf"
    return HttpResponse(
        document_pdf(found, _which(found)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@audience(Audience.PUBLIC)
@require_safe
def interface(request: HttpRequest, slug: str) -> HttpResponse:
    """A description of an interface, in English, from the same file as the one in the source code."""
    found = next((each for each in INTERFACES if each.slug == slug and is_here(each)), None)
    if found is None:
        raise Http404
    title, text = interface_text(found)
    values = {"title": title, "shown": blocks_html(text), "contents": _contents(text), "interface": found}
    return show(request, "interface_document.html", values)


def _page(request: HttpRequest, found: DocumentVersion) -> HttpResponse:
    newest = current(found.key, found.language).version
    slug = SLUGS[found.key]
    values = {
        "document": found,
        "shown": blocks_html(found.text),
        "which": _which(found),
        "contents": _contents(found.text),
        "pdf": _address("public:document-pdf", slug, found.version),
        "permanent": _address("public:document-version", slug, found.version),
        "newest": None if newest == found.version else reverse("public:document", kwargs={"slug": slug}),
        "others": [
            (number, _address("public:document-version", slug, number))
            for number in reversed(numbers(found.key))
            if number != found.version
        ],
        "pictures": SHOWN if found.key is DocumentKey.COMMUNICATION_KIT else (),
    }
    return show(request, "document.html", values)


def _contents(text: tuple[Block, ...]) -> list[Heading]:
    """The chapters, when there are so many that a list of them helps."""
    chapters = [block for block in text if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004 - h2
    return chapters if len(chapters) >= FEWEST_FOR_CONTENTS else []


def _which(found: DocumentVersion) -> str:
    facts = {"number": found.version, "day": written_date(found.in_force_from)}
    return gettext("Versie %(number)s, geldig vanaf %(day)s") % facts


def _listed(key: DocumentKey) -> Listed:
    found, slug = current(key, language()), SLUGS[key]
    copies = []
    for spoken in LANGUAGES:
        with override(spoken):
            copies.append(
                Copy(
                    spoken,
                    OWN_NAMES[spoken],
                    reverse("public:document", kwargs={"slug": slug}),
                    _address("public:document-pdf", slug, found.version),
                )
            )
    return Listed(found, ABOUT[key], reverse("public:document", kwargs={"slug": slug}), tuple(copies))


def _address(name: str, slug: str, number: int) -> str:
    return reverse(name, kwargs={"slug": slug, "number": number})


def _key(slug: str) -> DocumentKey:
    try:
        return BY_SLUG[slug]
    except KeyError as error:
        raise Http404 from error


def _version(slug: str, number: int) -> DocumentVersion:
    try:
        return version(_key(slug), number, language())
    except UnknownVersion as error:
        raise Http404 from error
