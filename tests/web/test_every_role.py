"""A walk of every route as each kind of person: who enters, who is refused, and that looking writes nothing."""

from collections.abc import Iterator, Mapping

import pytest
from werkzeug.routing import Rule

from directory.accounts import Role
from directory.web.access import EVERYONE, LIMITED, WHO_MAY_ENTER
from tests.staff import token_in
from tests.web.deciding_site import CHESS
from tests.web.walked_site import WalkedSite, open_walked_site

ROLES: Mapping[str, Role | None] = {
    "nobody": None,
    "without a code": None,
    "left": None,
    "partner": Role.PARTNER,
    "partner of others": Role.PARTNER,
    "by a letter": Role.PARTNER,
    "by a letter about another": Role.PARTNER,
    "moderator": Role.MODERATOR,
    "moderator of the hub": Role.MODERATOR,
    "moderator of another hub": Role.MODERATOR,
    "administrator": Role.ADMINISTRATOR,
}
"""Who asks, and as what; None for whoever is not signed in, or not yet, or not any more."""
PARTS = {
    ("account", "desk"): frozenset(Role),
    ("queue", "reports", "overdue", "history", "how-true"): frozenset({Role.MODERATOR, Role.ADMINISTRATOR}),
    ("people", "settings", "log"): frozenset({Role.ADMINISTRATOR}),
}
"""How the addresses of pages begin that are not for everyone, and for whom those are."""
BY_A_LETTER = ("by a letter", "by a letter about another")
TO_SIGN_IN = 303
FORBIDDEN, NOT_THERE = 403, 404

STEPS_OF_SIGNING_IN = {"signing_in.code": 200, "signing_in.enrol": 303, "signing_in.recovery": 200}
"""What whoever still owes a code sees; all others are sent back to the first step."""
NEW = ("adding.tasks", "adding.question", "adding.answers")
BY_A_LINK = ("changing.edit", "changing.cancel", "changing.one_date", "changing.next_term")
CHANGES = (*BY_A_LINK, "changing.check", "changing.close")
DECIDED_ON = ("queue.proposal", "queue.preview", "reports.report")
NOT_THEIRS: Mapping[str, Mapping[str, int]] = {
    "partner of others": dict.fromkeys((*NEW, *CHANGES, "proposals.proposal"), NOT_THERE),
    "by a letter about another": dict.fromkeys((*BY_A_LINK, "proposals.proposal"), NOT_THERE),
    "moderator": {**dict.fromkeys(NEW, NOT_THERE), "proposals.proposal": 303},
    "moderator of the hub": {**dict.fromkeys(NEW, NOT_THERE), "proposals.proposal": 303},
    "moderator of another hub": dict.fromkeys((*NEW, *DECIDED_ON, "proposals.proposal"), NOT_THERE),
    "administrator": {**dict.fromkeys(NEW, NOT_THERE), "proposals.proposal": 303},
}
"""What the role opens and the room refuses, or, with 303, has another page for: it belongs to somebody else."""
EXPORTS = {"log.table", "truth.table"}
"""What is written down because somebody looked: that they took it home."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> WalkedSite:
    return open_walked_site(tmp_path_factory.mktemp("walked"))


def rules(site: WalkedSite, method: str) -> Iterator[Rule]:
    return (rule for rule in site.deciding.app.url_map.iter_rules() if method in (rule.methods or ()))


def enters(who: str, endpoint: str) -> int | None:
    """What the gate answers; None where it lets the person through."""
    allowed, role = WHO_MAY_ENTER[endpoint], ROLES[who]
    if allowed == EVERYONE:
        return None
    if role is None:
        return TO_SIGN_IN
    is_limited = who in BY_A_LETTER and LIMITED.get(endpoint) != "change"
    return FORBIDDEN if is_limited or role not in allowed else None


def seen(who: str, endpoint: str) -> int:
    """What the person is answered who opens that page."""
    if endpoint in STEPS_OF_SIGNING_IN:
        return STEPS_OF_SIGNING_IN[endpoint] if who == "without a code" else 303
    return enters(who, endpoint) or NOT_THEIRS.get(who, {}).get(endpoint, 200)


def test_every_route_is_in_the_table_and_the_table_names_no_other(site: WalkedSite) -> None:
    endpoints = {rule.endpoint for rule in site.deciding.app.url_map.iter_rules()}
    assert endpoints == set(WHO_MAY_ENTER)
    assert set(LIMITED) <= endpoints


def test_who_may_enter_can_be_told_from_the_address(site: WalkedSite) -> None:
    for rule in site.deciding.app.url_map.iter_rules():
        first = rule.rule.removeprefix("/").partition("/")[0].partition(".")[0]
        allowed = next((roles for firsts, roles in PARTS.items() if first in firsts), EVERYONE)
        assert WHO_MAY_ENTER[rule.endpoint] == allowed, rule.rule


@pytest.mark.parametrize("language", ["", "/ur"])
@pytest.mark.parametrize("who", ROLES)
def test_each_person_sees_what_is_theirs_and_looking_writes_nothing(site: WalkedSite, who: str, language: str) -> None:
    rows, files = site.rows(), site.files()
    answered, expected = {}, {}
    for rule in rules(site, "GET"):
        path = f"{language}{site.path(rule.endpoint, rule.rule)}"
        answer = site.browsers[who].get(path)
        answered[path], expected[path] = answer.status_code, seen(who, rule.endpoint)
        if enters(who, rule.endpoint) == TO_SIGN_IN:
            assert answer.location.startswith(f"{language}/sign-in?next=")
    assert answered == expected
    assert site.files() == files
    log = [row for row in site.rows()["auditentry"] if row not in rows["auditentry"]]
    assert len(log) == sum(enters(who, endpoint) is None for endpoint in EXPORTS)
    assert site.rows() | {"auditentry": []} == rows | {"auditentry": []}


@pytest.mark.parametrize("who", ROLES)
def test_nothing_is_taken_without_the_proof_that_it_comes_from_our_form(site: WalkedSite, who: str) -> None:
    before = site.rows(), site.files()
    answered, expected = {}, {}
    for rule in rules(site, "POST"):
        for data in ({}, {"csrf_token": "made-up", "sure": "yes", "role": "administrator"}):
            answer = site.browsers[who].post(site.path(rule.endpoint, rule.rule), data=data)
            answered[rule.rule, len(data)] = answer.status_code
            expected[rule.rule, len(data)] = enters(who, rule.endpoint) or 400
    assert answered == expected
    assert (site.rows(), site.files()) == before


OUTSIDERS = {
    "partner of others": [rule for rule in WHO_MAY_ENTER if rule.startswith(("changing.", "proposals."))] + [*NEW],
    "by a letter about another": [*BY_A_LINK, "proposals.keep"],
    "moderator of another hub": [
        rule for rule in WHO_MAY_ENTER if rule.startswith(("queue.", "history.bring", "proposals."))
    ]
    + ["reports.close", "reports.propose", *NEW],
}
"""By person, the views whose forms are about what is not theirs, though their role has such forms."""


@pytest.mark.parametrize("who", ROLES)
def test_a_form_of_our_own_does_nothing_for_whom_it_is_not_meant(site: WalkedSite, who: str) -> None:
    client = site.browsers[who]
    typed = {"csrf_token": token_in(client.get(f"/listings/{CHESS}/wrong"))}
    typed |= {
        "sure": "yes",
        "role": "administrator",
        "version": "1",
        "reason": "Mine.",
        "text": "Mine.",
        "why": "Mine.",
    }
    before = site.rows(), site.files()
    answered, expected = {}, {}
    for rule in rules(site, "POST"):
        refused = enters(who, rule.endpoint)
        if refused or rule.endpoint in OUTSIDERS.get(who, ()):
            answer = client.post(site.path(rule.endpoint, rule.rule), data=typed)
            answered[rule.rule] = answer.status_code if refused else answer.status_code in (FORBIDDEN, NOT_THERE)
            expected[rule.rule] = refused or True
    assert answered == expected
    assert (site.rows(), site.files()) == before
