"""Nobody enters a view that was not opened on purpose."""

from flask import Flask

from directory.app import create_app
from directory.services import Services
from directory.web.access import who_may_enter


def test_every_view_says_who_may_enter(app: Flask) -> None:
    assert [name for name in app.view_functions if who_may_enter(name) is None] == []


def test_a_view_that_nobody_opened_is_refused(services: Services) -> None:
    app = create_app(services)

    @app.get("/secret")
    def secret() -> str:
        return "secret"

    answer = app.test_client().get("/secret")
    assert answer.status_code == 403
    assert "secret" not in answer.text.replace("/secret", "")
