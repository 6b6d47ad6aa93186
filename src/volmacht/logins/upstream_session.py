"""What an authentication service calls the log-in that it keeps: how we name, hash and keep that (AD-12, LO-09, LO-10).

Log-out finds with it what a log-in stored, so both take it from here. Touches the keys only.
"""

from dataclasses import dataclass
from typing import Self

from volmacht.protocols.saml.messages import Assertion
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes


@dataclass(frozen=True, slots=True)
class Session:
    """Alike for each log-in of one session there."""

    authentication_service: str
    name_id: str
    session_index: str

    @classmethod
    def behind(cls, assertion: Assertion) -> Self:
        """The session that an assertion of an authentication service speaks of."""
        return cls(assertion.issuer, assertion.name_id, assertion.session_index or "")

    @property
    def hash(self) -> bytes:
        """Under which a log-in of this session is kept."""
        return keyed_hash(Purpose.LINK, self._whole)

    @property
    def hashes(self) -> list[bytes]:
        """Under which log-ins of this session may have been kept, with the key of now or an earlier one."""
        return keyed_hashes(Purpose.LINK, self._whole)

    @property
    def _whole(self) -> str:
        return f"{self.authentication_service}\n{self.name_id}\n{self.session_index}"

    def written(self) -> bytes:
        """To be sealed beside the name of the service; `read` takes it apart."""
        return f"{self.name_id}\n{self.session_index}".encode()

    @classmethod
    def read(cls, authentication_service: str, written: bytes) -> Self:
        """The session of this service that was `written`."""
        name_id, _, session_index = written.decode().partition("\n")
        return cls(authentication_service, name_id, session_index)
