"""Forms that people fill in and send: Flask-WTF, drawn by GOV.UK's components, and safe from other sites' pages."""

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from govuk_frontend_wtf.main import WTFormsHelpers

from directory.services import Services
from directory.web.signed_in import is_behind_tls

COOKIE = "forms"
"""The cookie by which the site knows its own forms again; set when a form is opened, gone with the browser."""


class Form(FlaskForm):
    """A form. Each of its fields must be named in the class: nothing else that is sent is looked at."""

    def blame(self, name: str, message: str) -> None:
        """Puts a fault that another room found beside the field that it is about, or on top of the form."""
        if name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors.append(message)


def guard_forms(app: Flask, services: Services) -> None:
    """Has every request that may write carry the proof that it comes from a form of this site."""
    with app.app_context():
        is_safe = is_behind_tls()
    app.config.update(
        SECRET_KEY=services.accounts.secret("forms"),
        SESSION_COOKIE_NAME=f"__Host-{COOKIE}" if is_safe else COOKIE,
        SESSION_COOKIE_SECURE=is_safe,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the browser keeps its cookie: partners leave a page open over lunch
        WTF_CSRF_SSL_STRICT=False,  # the proxy speaks plain http to us; the token is what counts
        WTF_I18N_ENABLED=False,  # every message is our own
    )
    CSRFProtect(app)
    WTFormsHelpers(app)
