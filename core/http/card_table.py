"""The card's routes as one table: what HubSpot fetches, and the pages that its buttons open."""

from starlette.routing import Route

from core.http.card import CardRoutes
from core.http.card_fetch import CardFetchRoutes
from core.http.card_pages import CardPages
from core.http.card_refusals import in_words, on_paper
from core.http.card_templates_page import TemplateRoutes


def card_routes(
    fetch: CardFetchRoutes, card: CardRoutes, templates: TemplateRoutes, pages: CardPages
) -> list[Route]:
    """Return the card's routes."""
    return [
        Route("/hubspot/card", fetch.legacy, methods=["GET"]),
        Route("/hubspot/card/summary", fetch.summary, methods=["GET"]),
        Route("/hubspot/card/preview", fetch.preview, methods=["POST"]),
        Route("/hubspot/card/send", fetch.send, methods=["POST"]),
        Route("/hubspot/card/templates", fetch.show_templates, methods=["GET"]),
        Route("/hubspot/card/templates", fetch.save_templates, methods=["PUT"]),
        Route("/hubspot/card/checks", fetch.checks, methods=["GET"]),
        Route("/card/send", on_paper(pages, card.compose), methods=["GET"]),
        Route("/card/send", on_paper(pages, card.submit), methods=["POST"]),
        Route("/card/templates", on_paper(pages, templates.open), methods=["GET"]),
        Route("/card/templates", on_paper(pages, templates.edit), methods=["POST"]),
        Route("/card/checks", on_paper(pages, card.checks), methods=["GET"]),
        Route("/card/preview", in_words(card.preview), methods=["POST"]),
    ]
