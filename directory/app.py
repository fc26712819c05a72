"""Puts the web application together from the services of one process."""

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from directory.services import Services
from directory.settings import resources
from directory.web import (
    access,
    addresses,
    administrator,
    asked,
    contact,
    errors,
    headers,
    markdown,
    moderator,
    own_words,
    page,
    partner,
    public,
    sent_forms,
    signin,
    words,
)
from directory.web.language import LanguagePrefix, current_language, path_in
from directory.web.showing import EXTENSION, Clock, Shown, london_now
from directory.web.translate import teach_templates

LARGEST_REQUEST = 64 * 1024
GOVUK = ("govuk_frontend_jinja", "govuk_frontend_wtf")


def create_app(services: Services, clock: Clock = london_now) -> Flask:
    """The site over these services. ``clock`` tells the time in Europe/London."""
    app = Flask("directory", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST)
    app.url_map.converters.update(addresses.KINDS)
    app.extensions[EXTENSION] = Shown(services, clock)
    app.extensions[page.BUILT] = built = headers.BuiltFiles()
    headers.say_how_long_to_keep(app)
    _set_up_languages(app, services)
    _set_up_templates(app)
    _set_up_compression(app)
    access.guard(app)
    sent_forms.guard_forms(app, services)
    for pages in (public, signin, partner, moderator, administrator):
        pages.register(app)
    errors.handle_errors(app)
    app.wsgi_app = asked.ReadableQuery(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = headers.SafeHeaders(app.wsgi_app, built)  # type: ignore[method-assign]
    return app


def draw_each_kind_of_page(app: Flask, services: Services) -> None:
    """Draws every kind of page once in every language, so that no visitor waits while its templates are compiled."""
    snapshot = services.snapshot
    paths = ["/", "/search?q=play", "/search?q=zzzz", "/suggest?q=play", "/hubs", "/a-to-z", "/need-help-now"]
    paths += ["/whats-on", "/whats-on/next-30-days", "/holidays", "/haf", "/calendars", "/pages/-", "/listings/-"]
    paths += [f"/hubs/{one.slug}/{page}" for one in snapshot.buildings[:1] for page in ("today", "week", "board")]
    paths += [f"/pages/{slug}" for slug in list(snapshot.pages)[:1]]
    paths += [f"/categories/{top.slug}" for top in snapshot.categories[:1]]
    paths += [f"/listings/{one.slug}" for one in {one.kind: one for one in snapshot.listings.values()}.values()]
    client = app.test_client()
    for language in snapshot.site.languages:
        for path in paths:
            client.get(path_in(language, path), headers={"User-Agent": "robot"})  # nobody searched


def _set_up_languages(app: Flask, services: Services) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resources("translations"))
    Babel(app, locale_selector=lambda: current_language().replace("-", "_"), default_timezone="Europe/London")
    teach_templates(app)
    app.wsgi_app = LanguagePrefix(app.wsgi_app, lambda: services.snapshot.site.languages)  # type: ignore[method-assign]


def _set_up_templates(app: Flask) -> None:
    components = PrefixLoader({name: PackageLoader(name) for name in GOVUK})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(resources("templates")), components])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(page.template_words)
    app.jinja_env.globals.update(
        as_html=markdown.as_html,
        date_alone=words.date_alone,
        day=words.day,
        dial=contact.dial,
        english=own_words.english,
        english_marks=own_words.english_marks,
        host=contact.host,
        language_marks=own_words.language_marks,
        money=words.money,
        month=words.month,
        number=own_words.number,
        own=own_words.own,
        plain=own_words.plain,
        checked_words=words.checked,
        strengths=words.STRENGTHS,
        text_label=contact.text_label,
        text_link=contact.text_link,
        translated=own_words.translated,
    )
    app.jinja_env.globals["kinds"] = words.KINDS


def _set_up_compression(app: Flask) -> None:
    """Light compression: pages differ from visitor to visitor, so each is packed while somebody waits."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_LEVEL=6,
        COMPRESS_ZSTD_LEVEL=6,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_MIMETYPES=["text/html", "text/plain", "text/calendar", "application/xml", "application/atom+xml"],
    )
    Compress(app)
