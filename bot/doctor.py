"""Is everything in place? One line a check, with what to do where it is not."""

import sys
from collections.abc import Callable

from bot import terminal
from bot.settings import Settings
from index.errors import CareerbotError
from index.models import installed


def run(settings: Settings) -> int:
    """Print every check; the exit status is 2 when one that everybody needs has failed."""
    checks: list[tuple[str, Callable[[Settings], str]]] = [
        ("python", _python),
        ("models", _models),
        ("corpus", _corpus),
        ("index", _index),
    ]
    failed = False
    for name, check in checks:
        try:
            line, style = check(settings), "green"
        except CareerbotError as error:
            line, style, failed = str(error), "red", True
        terminal.out.print(f"[{style}]{name:<8}[/]", terminal.plain(line))
    terminal.out.print("[dim]slack   [/]", _slack(settings))
    return 2 if failed else 0


def _python(_: Settings) -> str:
    return f"{sys.version.split()[0]} in {sys.prefix}"


def _models(settings: Settings) -> str:
    if not settings.careerbot_encoder:
        installed.encoder_folder()
    if not settings.careerbot_cross_encoder:
        installed.cross_encoder_folder()
    encoder = settings.careerbot_encoder or installed.ENCODER
    cross_encoder = settings.careerbot_cross_encoder or installed.CROSS_ENCODER
    return f"{encoder}; {cross_encoder}"


def _corpus(settings: Settings) -> str:
    from index.documents.library import scan

    return f"{len(scan([settings.careerbot_corpus]))} files in {settings.careerbot_corpus}"


def _index(settings: Settings) -> str:
    from index.search import Index

    opened = Index.open(settings.careerbot_index)
    return f"{opened.version}: {len(opened.documents)} documents, {len(opened.passages)} passages"


def _slack(settings: Settings) -> str:
    """Slack is optional: the terminal needs none of this."""
    if not settings.slack_bot_token:
        return "SLACK_BOT_TOKEN is not set: the terminal works, careerbot serve does not"
    if settings.slack_app_token:
        return "tokens for Socket Mode are set"
    if settings.slack_signing_secret:
        return "token and signing secret for HTTP are set"
    return "set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
