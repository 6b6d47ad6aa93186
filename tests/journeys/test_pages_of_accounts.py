"""Every page of the portals for accounts and organisations is free of barriers and fits a narrow screen."""

from collections.abc import Callable

import pytest

from tests.journeys.account_pages import HOLDERS, become, pages_by_links
from tests.journeys.browsing import Browsing
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("name", "organisation"), HOLDERS)
def test_every_page_that_a_member_comes_to_is_free_of_barriers(
    open_window: Callable[..., Browsing], site: Site, name: str, organisation: str
) -> None:
    window = open_window()
    become(window, site.address, name, organisation)
    # The window inspects each page it opens, and fails on the first barrier.
    assert len(list(pages_by_links(window))) >= 5
