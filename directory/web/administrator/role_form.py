"""The form that gives somebody a role: which, and for which provider or hub."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from directory.accounts import Held, Role, held_in
from directory.web.sent_forms import Form
from directory.web.showing import showing
from directory.web.translate import gettext, lazy_gettext

ROLES = {
    Role.PARTNER: lazy_gettext("Partner: sends in changes to the listings of one provider"),
    Role.MODERATOR: lazy_gettext("Moderator: decides on changes and answers reports"),
    Role.ADMINISTRATOR: lazy_gettext("Administrator: looks after people and settings, and decides everywhere"),
}
LONGEST_NAME, LONGEST_ADDRESS = 120, 254


def _providers() -> list[SelectChoice]:
    found = sorted(showing().snapshot.providers.values(), key=lambda one: one.name.casefold())
    return [SelectChoice("", gettext("Choose a provider")), *(SelectChoice(one.slug, one.name) for one in found)]


def _hubs() -> list[SelectChoice]:
    found = [one for one in showing().snapshot.listings.values() if one.is_building]
    found.sort(key=lambda one: one.title.casefold())
    return [SelectChoice("", gettext("The whole directory")), *(SelectChoice(one.slug, one.title) for one in found)]


class _Somebody(Form):
    """Who is invited. Declared before the role, so that faults are listed in the order of the page."""

    email = StringField(
        lazy_gettext("Their e-mail address"),
        description=lazy_gettext("Their own, not one that several people read: it signs them in."),
        validators=[DataRequired(lazy_gettext("Write their e-mail address")), Length(max=LONGEST_ADDRESS)],
        widget=GovTextInput(),
    )
    name = StringField(
        lazy_gettext("Their name"),
        description=lazy_gettext("As others on the team know them. The public does not see it."),
        validators=[
            DataRequired(lazy_gettext("Write their name")),
            Length(max=LONGEST_NAME, message=lazy_gettext("Write at most %(max)s characters")),
        ],
        widget=GovTextInput(),
    )


class RoleForm(Form):
    """Which role. ``sure`` says that the person read what it means."""

    role = RadioField(
        lazy_gettext("What are they to do?"),
        choices=[SelectChoice(role.value, words) for role, words in ROLES.items()],
        validators=[InputRequired(lazy_gettext("Choose what they are to do"))],
        widget=GovRadioInput(),
    )
    provider = SelectField(
        lazy_gettext("Provider"),
        description=lazy_gettext("For a partner only."),
        choices=_providers,
        widget=GovSelect(),
    )
    hub = SelectField(
        lazy_gettext("Hub"), description=lazy_gettext("For a moderator only."), choices=_hubs, widget=GovSelect()
    )
    sure = HiddenField()

    def held(self) -> Held | None:
        """The role that the form gives; None, with the fault beside its field, where it cannot be given."""
        if not self.validate():
            return None
        role, snapshot = Role(self.role.data), showing().snapshot
        if role is Role.PARTNER and not self.provider.data:
            self.blame("provider", gettext("Choose the provider that they speak for"))
            return None
        provider = self.provider.data if role is Role.PARTNER else ""
        return held_in(snapshot, role, provider=provider, hub=self.hub.data if role is Role.MODERATOR else "")


class InviteForm(_Somebody, RoleForm):
    """Who is invited, and to what."""
