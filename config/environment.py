"""Every environment variable is read here, once, and refused with a sentence when it is wrong.

A variable marked secret may instead be given as NAME_FILE, the path of a file that holds it (compose secrets).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

SHORTEST_SECRET = 50


class EnvironmentRefused(ValueError):
    """An environment variable is missing or wrong. Its text says which one and why, in Vietnamese and English."""


@dataclass(frozen=True)
class Environment:
    """The checked values. Minutes, hours and seconds as the names say; addresses are '' where not set."""

    secret_key: str
    debug: bool
    allow_demo: bool
    allowed_hosts: tuple[str, ...]
    public_url: str
    database_url: str
    lock_timeout_seconds: int
    statement_timeout_seconds: int
    redis_url: str
    email_url: str
    email_from: str
    data_dir: str
    upload_dir: str
    static_dir: str
    session_idle_minutes: int
    session_absolute_hours: int
    behind_proxy: bool
    hsts_seconds: int
    log_level: str


def _refuse(name: str, vietnamese: str, english: str) -> EnvironmentRefused:
    return EnvironmentRefused(f"Biến môi trường {name}: {vietnamese} / Environment variable {name}: {english}")


def _text(name: str, raw: str) -> str:
    return raw


def _flag(name: str, raw: str) -> bool:
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise _refuse(name, f"“{raw}” phải là 1 hoặc 0.", f"“{raw}” must be 1 or 0.")


def _number(low: int, high: int) -> Callable[[str, str], int]:
    def parse(name: str, raw: str) -> int:
        if not raw.isdecimal() or not low <= int(raw) <= high:
            raise _refuse(
                name,
                f"“{raw}” phải là số nguyên từ {low} đến {high}.",
                f"“{raw}” must be a whole number from {low} to {high}.",
            )
        return int(raw)

    return parse


def _names(name: str, raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def _address(schemes: set[str]) -> Callable[[str, str], str]:
    known = ", ".join(sorted(schemes))

    def parse(name: str, raw: str) -> str:
        if raw and urlsplit(raw).scheme not in schemes:
            raise _refuse(name, f"địa chỉ phải bắt đầu bằng một trong: {known}.", f"must start with one of: {known}.")
        return raw.rstrip("/") if schemes == WEB_SCHEMES else raw

    return parse


def _choice(*allowed: str) -> Callable[[str, str], str]:
    def parse(name: str, raw: str) -> str:
        if raw not in allowed:
            known = ", ".join(allowed)
            raise _refuse(name, f"“{raw}” phải là một trong: {known}.", f"“{raw}” must be one of: {known}.")
        return raw

    return parse


def _secret_key(name: str, raw: str) -> str:
    if raw and len(raw) < SHORTEST_SECRET:
        raise _refuse(
            name,
            f"cần ít nhất {SHORTEST_SECRET} ký tự ngẫu nhiên.",
            f"needs at least {SHORTEST_SECRET} random characters.",
        )
    return raw


WEB_SCHEMES = {"http", "https"}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}
EMAIL_SCHEMES = {"smtp", "smtp+tls", "smtp+ssl", "smtps", "consolemail", "filemail", "memorymail", "dummymail"}

# name -> (text where it is not set, reader); `.env.example` explains each of them, which a test compares.
VARIABLES: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "SECRET_KEY": ("", _secret_key),
    "DEBUG": ("0", _flag),
    "ALLOW_DEMO": ("0", _flag),
    "ALLOWED_HOSTS": ("", _names),
    "PUBLIC_URL": ("", _address(WEB_SCHEMES)),
    "DATABASE_URL": ("", _address(DATABASE_SCHEMES)),
    "LOCK_TIMEOUT_SECONDS": ("3", _number(1, 600)),
    "STATEMENT_TIMEOUT_SECONDS": ("15", _number(0, 3600)),
    "REDIS_URL": ("", _address(REDIS_SCHEMES)),
    "EMAIL_URL": ("", _address(EMAIL_SCHEMES)),
    "EMAIL_FROM": ("tusoi@localhost", _text),
    "DATA_DIR": ("", _text),
    "UPLOAD_DIR": ("", _text),
    "STATIC_DIR": ("", _text),
    "SESSION_IDLE_MINUTES": ("30", _number(1, 24 * 60)),
    "SESSION_ABSOLUTE_HOURS": ("12", _number(1, 24 * 7)),
    "BEHIND_PROXY": ("0", _flag),
    "HSTS_SECONDS": ("31536000", _number(0, 63072000)),
    "LOG_LEVEL": ("INFO", _choice("DEBUG", "INFO", "WARNING", "ERROR")),
}
SECRETS = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")


def read(source: Mapping[str, str]) -> Environment:
    """Read and check all variables.

    Empty counts as not set. Raises EnvironmentRefused at the first one that is wrong.
    """
    values = {}
    for name, (absent, parse) in VARIABLES.items():
        raw = _raw(source, name) or absent
        values[name.lower()] = parse(name, raw)
    return Environment(**values)


def with_file(source: Mapping[str, str], path: Path) -> dict[str, str]:
    """Return the source, completed by the NAME=VALUE lines of a file where there is one; the source has precedence."""
    if not path.exists():
        return dict(source)
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs} | dict(source)


def required(environment: Environment, *names: str) -> None:
    """Refuse an environment in which one of the named variables is empty (what production cannot do without)."""
    for name in names:
        if not getattr(environment, name.lower()):
            raise _refuse(name, "bắt buộc phải có khi vận hành thật.", "is required in production.")


def database(url: str) -> dict[str, Any]:
    """Return Django's connection dictionary (ENGINE, NAME, …, OPTIONS) for a database address."""
    return dict(environ.Env.db_url_config(url))


def email(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_… settings for a mail server's address such as smtp+tls://user:secret@host:587."""
    return {name: value for name, value in environ.Env.email_url_config(url).items() if name.startswith("EMAIL_")}


def _raw(source: Mapping[str, str], name: str) -> str:
    path = source.get(f"{name}_FILE", "") if name in SECRETS else ""
    if not path:
        return source.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror or "?"
        raise _refuse(
            f"{name}_FILE", f"không đọc được “{path}”: {reason}.", f"cannot read “{path}”: {reason}."
        ) from error
