"""``directory serve``: the site behind gunicorn."""

from dataclasses import replace

import click

from directory.cli.options import folders
from directory.server import run, run_reloading
from directory.settings import Settings


@click.command()
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="How many processes serve.")
@click.option("--reload", is_flag=True, help="For development: start anew when code or a template changes.")
@folders
def serve(settings: Settings, port: int, host: str, workers: int, reload: bool) -> None:
    """Serve the site until told to stop. Changed content is taken in by itself."""
    settings = replace(settings, served_at=f"http://{host}:{port}")
    click.echo(f"Serving {settings.content} on {settings.served_at} (stop with Ctrl+C)", err=True)
    if not settings.smtp_url:
        click.echo(f"No mail server is set up (DIRECTORY_SMTP_URL): mails go to {settings.mail_folder}", err=True)
    if reload:
        run_reloading(settings, f"{host}:{port}")
    run(settings, f"{host}:{port}", workers)
