"""Certificates of a connection in time: until when each counts, and whether a new one is needed soon (CN-21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_lazy, ngettext

from volmacht import clock
from volmacht.catalogue.queries import ListedCertificate
from volmacht.pki import days_left, warning

USES = {"signing": gettext_lazy("tekenen"), "encryption": gettext_lazy("versleutelen")}

FOR_TLS = gettext_lazy("verbinden (TLS)")


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate: `level` is ok, soon or over; `share` how much of its time is left, in per cent."""

    use: str
    key_name: str
    begins: datetime
    ends: datetime
    days: int
    level: str
    words: str
    share: int


def certificate_rows(certificates: Iterable[ListedCertificate]) -> list[CertificateRow]:
    """The first to end first."""
    now = clock.wall_clock()
    return sorted((_row(one, now) for one in certificates), key=lambda row: row.ends)


def _row(one: ListedCertificate, now: datetime) -> CertificateRow:
    days = days_left(one.ends, now)
    whole = max((one.ends - one.begins).total_seconds(), 1)
    return CertificateRow(
        use=str(FOR_TLS if one.for_tls else USES[one.use]),
        key_name=one.key_name,
        begins=one.begins,
        ends=one.ends,
        days=days,
        level="over" if days < 0 else "soon" if warning(days) is not None else "ok",
        words=in_words(days),
        share=max(0, min(100, round(100 * (one.ends - now).total_seconds() / whole))),
    )


def in_words(days: int) -> str:
    """How long a certificate counts still."""
    if days < 0:
        return gettext("verlopen")
    return ngettext("nog %(count)d dag", "nog %(count)d dagen", days) % {"count": days}
