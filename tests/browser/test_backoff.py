"""After a restart a thousand tablets come back soon, and not all at the same moment."""

import pytest

from tests.browser.bare import Bare

pytestmark = pytest.mark.browser
PAUSES = """async ([n, many]) => {
  const { pause } = await import("/static/js/meeting/backoff.js")
  return Array.from({ length: many }, () => pause(n))
}"""


def test_tablets_come_back_soon_and_spread_over_the_time(screen):
    page = Bare(screen()).page
    for attempt in range(12):
        pauses = page.evaluate(PAUSES, [attempt, 1000])
        assert min(pauses) > 0
        assert max(pauses) <= 2500
        # Spread over at least a third of the longest: in no tenth of that time come more than a quarter of them.
        assert max(pauses) - min(pauses) > max(pauses) / 3
        width = (max(pauses) - min(pauses)) / 10
        crowds = [sum(1 for p in pauses if n <= (p - min(pauses)) / width < n + 1) for n in range(10)]
        assert max(crowds) < 250
