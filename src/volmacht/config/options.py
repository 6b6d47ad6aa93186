"""What an operator can set, read once from the environment and typed.

Every variable starts with VOLMACHT_, except PORT. `docs/operators/settings.md` lists them.
Nothing else in Volmacht reads the environment.
"""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Profile(StrEnum):
    """What kind of installation this is; `demo` alone lets stand-ins serve production."""

    DEMO = "demo"
    STANDARD = "standard"


BACK_CHANNEL = "back-channel"  # VOLMACHT_LISTENER of the process behind mutual TLS; `volmacht serve` sets it
DEFAULT_PORT, HIGHEST_PORT = 8000, 65000  # a demo uses the eight ports above it too
LAST_PORT = "port"  # the file in the data folder of a demo with the port of its last start; `volmacht serve` writes it
DEMO_OIN = "00000009000000001000"
DEMO_EHERKENNING = (
    "urn:nl-eid-gdi:1.0:AD:00000009000000003000:entities:0001",
    "urn:nl-eid-gdi:1.0:AD:00000009000000003000:entities:9001",
)


class BadOption(ValueError):
    """An environment variable holds something it cannot hold; the message names the variable and what it may be."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that can be set from outside."""

    profile: Profile
    data: Path
    port: int
    database_url: str
    base_url: str
    oin: str
    back_channel_url: str
    preproduction_back_channel_url: str
    back_channel: bool
    eherkenning: tuple[str, ...]
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_starttls: bool
    mail_from: str
    population_register_url: str
    population_register_key: str
    oin_register_url: str
    alb_register_url: str
    sample_provider_url: str
    trusted_proxies: tuple[str, ...]
    metrics_token: str
    automatic_connection_data: bool
    operator_name: str
    test_cast: Path | None
    test_people: Path | None
    contact_email: str
    contact_phone: str
    helpdesk_email: str
    helpdesk_phone: str

    @property
    def demo(self) -> bool:
        """Whether this installation is for trying out."""
        return self.profile is Profile.DEMO


def _whole_number(environment: dict[str, str], name: str, default: int, highest: int = 65535) -> int:
    text = environment.get(name, "") or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= highest:
        raise BadOption(f"{name} is '{text}', but must be a whole number from 1 to {highest}.")
    return int(text)


def _profile(environment: dict[str, str]) -> Profile:
    text = environment.get("VOLMACHT_DEMO", "1")
    if text not in {"0", "1"}:
        raise BadOption(f"VOLMACHT_DEMO is '{text}', but must be 1 (try it out) or 0 (for real).")
    return Profile.DEMO if text == "1" else Profile.STANDARD


def _oin(environment: dict[str, str], *, demo: bool) -> str:
    text = environment.get("VOLMACHT_OIN", "") or (DEMO_OIN if demo else "")
    if text and not (text.isascii() and text.isdigit() and len(text) == len(DEMO_OIN)):
        raise BadOption(f"VOLMACHT_OIN is '{text}', but must be {len(DEMO_OIN)} digits.")
    return text


def _file(environment: dict[str, str], name: str) -> Path | None:
    text = environment.get(name, "")
    if not text:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_file():
        raise BadOption(f"{name} is '{text}', but must be the path of a file.")
    return path


def _last_port(data: Path) -> int:
    """Where the demo in this folder was started last: a command beside it need not be told. Without one, 8000."""
    try:
        text = (data / LAST_PORT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return DEFAULT_PORT
    known = text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT
    return int(text) if known else DEFAULT_PORT


def read_options(environment: dict[str, str], root: Path) -> Options:
    """Read all options; `root` is the folder of the project, for the default data folder.

    Raises BadOption with a sentence for the operator.
    """
    profile = _profile(environment)
    demo = profile is Profile.DEMO
    data = Path(environment.get("VOLMACHT_DATA", "") or root / "var").expanduser().resolve()
    default_port = _last_port(data) if demo else DEFAULT_PORT
    port = _whole_number(environment, "PORT", default_port, highest=HIGHEST_PORT)
    base = environment.get("VOLMACHT_BASE_URL", "") or f"http://localhost:{port}"
    if not base.startswith(("http://", "https://")):
        raise BadOption(f"VOLMACHT_BASE_URL is '{base}', but must start with http:// or https://.")
    proxies = environment.get("VOLMACHT_TRUSTED_PROXIES", "")
    own_back_channel = f"https://localhost:{port + 3}"
    back_channel_url = (environment.get("VOLMACHT_BACK_CHANNEL_URL", "") or own_back_channel).rstrip("/")
    return Options(
        profile=profile,
        data=data,
        port=port,
        database_url=environment.get("VOLMACHT_DATABASE_URL", ""),
        base_url=base.rstrip("/"),
        oin=_oin(environment, demo=demo),
        back_channel_url=back_channel_url,
        preproduction_back_channel_url=(
            environment.get("VOLMACHT_PREPRODUCTION_BACK_CHANNEL_URL", "")
            or (f"https://127.0.0.1:{port + 3}" if back_channel_url == own_back_channel else back_channel_url)
        ).rstrip("/"),
        back_channel=environment.get("VOLMACHT_LISTENER", "") == BACK_CHANNEL,
        eherkenning=tuple(environment.get("VOLMACHT_EHERKENNING", "").split())
        or (DEMO_EHERKENNING if demo else ()),
        smtp_host=environment.get("VOLMACHT_SMTP_HOST", ""),
        smtp_port=_whole_number(environment, "VOLMACHT_SMTP_PORT", 25),
        smtp_user=environment.get("VOLMACHT_SMTP_USER", ""),
        smtp_password=environment.get("VOLMACHT_SMTP_PASSWORD", ""),
        smtp_starttls=environment.get("VOLMACHT_SMTP_STARTTLS", "1") == "1",
        mail_from=environment.get("VOLMACHT_MAIL_FROM", "Volmacht <geen-antwoord@volmacht.example>"),
        population_register_url=environment.get("VOLMACHT_BRP_URL", "")
        or (f"http://127.0.0.1:{port + 1}/haalcentraal/api/brp" if demo else ""),
        population_register_key=environment.get("VOLMACHT_BRP_KEY", "") or ("demo-key" if demo else ""),
        oin_register_url=environment.get("VOLMACHT_OIN_REGISTER_URL", "")
        or (f"http://127.0.0.1:{port + 8}/cor/api/v1" if demo else ""),
        alb_register_url=environment.get("VOLMACHT_ALB_REGISTER_URL", "")
        or (f"http://127.0.0.1:{port + 8}/alb/v1" if demo else ""),
        sample_provider_url=f"http://localhost:{port + 2}" if demo else "",
        trusted_proxies=tuple(part.strip() for part in proxies.split(",") if part.strip()),
        automatic_connection_data=environment.get("VOLMACHT_AUTOMATIC_CONNECTION_DATA", "1") == "1",
        metrics_token=environment.get("VOLMACHT_METRICS_TOKEN", ""),
        operator_name=environment.get("VOLMACHT_OPERATOR_NAME", "") or "Volmacht",
        test_cast=_file(environment, "VOLMACHT_TEST_CAST"),
        test_people=_file(environment, "VOLMACHT_TEST_PEOPLE"),
        contact_email=environment.get("VOLMACHT_CONTACT_EMAIL", "")
        or ("aansluiten@volmacht.example" if demo else ""),
        contact_phone=environment.get("VOLMACHT_CONTACT_PHONE", "") or ("088 012 34 56" if demo else ""),
        helpdesk_email=environment.get("VOLMACHT_HELPDESK_EMAIL", "")
        or ("hulp@volmacht.example" if demo else environment.get("VOLMACHT_CONTACT_EMAIL", "")),
        helpdesk_phone=environment.get("VOLMACHT_HELPDESK_PHONE", "")
        or ("088 012 34 50" if demo else environment.get("VOLMACHT_CONTACT_PHONE", "")),
    )


PROJECT_ROOT = Path(__file__).resolve().parents[3]


def options_of_this_process() -> Options:
    """The options from this process's environment. Raises BadOption."""
    return read_options(dict(os.environ), PROJECT_ROOT)
