"""Find your hub: the hub that serves where somebody lives, and all the others."""

from flask import Blueprint

from directory.web import asked
from directory.web.forms import hub_form
from directory.web.headers import never_keep
from directory.web.page import page
from directory.web.public.listings import building
from directory.web.showing import showing, shown
from directory.web.translate import gettext

hubs = Blueprint("hubs", __name__)


@hubs.get("/hubs", endpoint="hubs")
def find_your_hub() -> str:
    """Every hub and spoke; where a place is given, the hub that serves it first."""
    now = showing()
    place = asked.words("near")
    if place:
        never_keep()
    near = shown().services.nearby(place) if place else None
    yours = near.hub if near else None
    others = [one for one in now.snapshot.buildings if one != yours and now.snapshot.is_live(one, now.today)]
    return page(
        "public/hubs.html",
        title=gettext("Find your hub"),
        description=gettext(
            "Family hubs: who serves where you live, where they are, when they are open and how to call them."
        ),
        form=hub_form(place),
        place=place,
        near=near,
        yours=building(yours, now) if yours else None,
        buildings=[building(one, now) for one in others],
        notices=now.snapshot.places.notices,
        is_hidden_from_robots=bool(place),
    )
