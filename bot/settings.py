"""Every setting, read once at the entry point and then passed as arguments."""

import re
from pathlib import Path

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.disk import check_is_path
from index.errors import UsageError

_KEPT_IN = {"careerbot_corpus": "documents", "careerbot_index": "the index"}


class Settings(BaseSettings):
    """Read from the environment and from ``.env``; ``.env.example`` lists them all."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    careerbot_corpus: Path = Field(default=Path("corpus"), description="folder of documents")
    careerbot_index: Path = Field(
        default=Path(".careerbot/index"), description="folder of index versions"
    )
    careerbot_encoder: str = Field(
        default="",
        description="sentence-transformers name or path; empty is the model that is installed",
    )
    careerbot_cross_encoder: str = Field(
        default="", description="CrossEncoder name or path; empty is the model that is installed"
    )
    careerbot_max_document_mb: float = Field(
        default=20.0, gt=0, description="a larger file is skipped"
    )
    careerbot_max_document_seconds: float = Field(
        default=60.0, gt=0, description="a file that takes longer to read is skipped"
    )
    careerbot_keep_versions: int = Field(
        default=20, ge=2, description="older index versions are deleted"
    )
    careerbot_gate_tolerance: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="share of the golden questions by which a new version may be worse",
    )
    careerbot_pay_stale_months: int = Field(
        default=24, ge=1, description="a pay figure older than this is flagged as stale"
    )

    careerbot_fetch_allow_hosts: str = Field(
        default="",
        description="hosts in private networks that pages may be fetched from, with commas",
    )

    careerbot_librarians: str = Field(
        default="", description="Slack ids of the people who may change the library, with commas"
    )
    careerbot_watch: bool = Field(
        default=False, description="a server rebuilds by itself when a document changes"
    )

    slack_bot_token: str = Field(default="", description="xoxb-…, from OAuth & Permissions")
    slack_signing_secret: str = Field(default="", description="from Basic Information; HTTP mode")
    slack_app_token: str = Field(default="", description="xapp-…, turns Socket Mode on")
    slack_api_url: str = Field(default="https://slack.com/api/", description="Slack's Web API")
    database_url: str = Field(
        default="sqlite:///.careerbot/careerbot.db", description="SQLAlchemy URL of the state"
    )
    careerbot_host: str = Field(
        default="0.0.0.0",  # noqa: S104 - where a server in a container is reached
        description="HTTP mode listens on this address",
    )
    port: int = Field(default=3000, ge=1, le=65535, description="HTTP mode listens here")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("careerbot_corpus", "careerbot_index")
    @classmethod
    def _name_folders(cls, given: Path, info: ValidationInfo) -> Path:
        try:
            check_is_path(given, _KEPT_IN[str(info.field_name)])
        except UsageError as error:
            raise ValueError(str(error)) from error
        return given

    @field_validator("careerbot_librarians")
    @classmethod
    def _name_people(cls, given: str) -> str:
        for person in _listed(given):
            if not re.fullmatch(r"[UW][A-Z0-9]{2,}", person):
                raise ValueError(
                    f"{person} is no Slack user id; copy it from the person's profile, "
                    "More, Copy member ID"
                )
        return given

    @field_validator("careerbot_fetch_allow_hosts")
    @classmethod
    def _name_hosts(cls, given: str) -> str:
        for host in _listed(given):
            if re.search(r"[/@\s]", host):
                raise ValueError(f"{host} is no host name; name it alone, as in wiki.internal")
        return given

    @property
    def fetch_allow_hosts(self) -> frozenset[str]:
        """The hosts whose private addresses pages may be fetched from."""
        return frozenset(_listed(self.careerbot_fetch_allow_hosts))

    @property
    def librarians(self) -> frozenset[str]:
        """The Slack ids of the people who may change the library."""
        return frozenset(_listed(self.careerbot_librarians))


def _listed(given: str) -> list[str]:
    return [part.strip() for part in given.split(",") if part.strip()]


def read_settings() -> Settings:
    """Read the settings; a bad value is a `UsageError` that names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        raise UsageError(f"{name}: {first['msg']}; see .env.example") from error
