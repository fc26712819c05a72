"""The listing as it was when somebody opened a form over it: what they changed is told from that.

It travels in the form itself, sealed with the site's secret, so that a change which somebody else makes meanwhile is
not undone by a form that still shows the old words.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from directory.moderation import Fields

FIELD = "seen"


def sealed(fields: Fields) -> str:
    """The listing as the text of a hidden field."""
    return str(_seal().dumps(dict(fields)))


def unsealed(text: str) -> Fields | None:
    """The listing out of a hidden field; None for one that is not ours."""
    try:
        fields: Fields = _seal().loads(text)
    except BadData:
        return None
    return fields


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=FIELD)
