"""Tells a webhook what went wrong, and never makes it worse by failing itself.

Knows how to post JSON. Does not know who reads it.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping

SECONDS = 10


def tell(webhook: str, message: Mapping[str, object]) -> str:
    """Post a message as JSON.

    The text is under ``text`` too, which is where chat programs look for it.

    Args:
        webhook: Where to; '' for nowhere.
        message: What to tell.

    Returns:
        Why it could not be told, '' where it was or nobody wants to know.
    """
    if not webhook:
        return ""
    if not webhook.startswith(("http://", "https://")):
        return f"JUESUAN_WEBHOOK is no address that begins with http: {webhook}"
    request = urllib.request.Request(  # noqa: S310 - checked above
        webhook,
        data=json.dumps(dict(message), ensure_ascii=False, default=str).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            return ""
    except (urllib.error.URLError, OSError, ValueError) as error:
        return f"the webhook could not be told: {error}"
