"""The `xmlsec1` command of the system: verifies one signature of a document, opens one EncryptedID."""

import copy
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

PROGRAM = "xmlsec1"
DS, MD = "{http://www.w3.org/2000/09/xmldsig#}", "{urn:oasis:names:tc:SAML:2.0:metadata}"
XENC = "{http://www.w3.org/2001/04/xmlenc#}"
PLAIN = "http://www.w3.org/2001/04/xmlenc#"
RULES = ("--enabled-reference-uris", "same-doc")


@dataclass(frozen=True)
class Xmlsec1:
    """The program, with a folder for its files."""

    program: str
    folder: Path

    def verifies(self, document: bytes, element: etree._Element, certificates: dict[str, bytes]) -> bool:
        """Whether the signature of this element of the document is by one of these keys, found by its KeyName."""
        name = etree.QName(element)
        keys: list[str] = []
        for key_name, certificate in certificates.items():
            keys += [f"--pubkey-cert-pem:{key_name}", self._file(f"{key_name}.pem", certificate)]
        return (
            self._run(
                *("--verify", *RULES, "--enabled-key-data", "key-name,rsa", *keys),
                *("--id-attr:ID", f"{name.namespace}:{name.localname}", "--node-id", element.attrib["ID"]),
                self._file("signed.xml", document),
            ).returncode
            == 0
        )

    def opens(self, encrypted_id: etree._Element, key: Path) -> etree._Element:
        """What an EncryptedID holds. Raises AssertionError when it does not open.

        The program follows RetrievalMethod to the EncryptedKey beside the data, but does not look for a CarriedKeyName:
        that key is put where it does look.
        """
        here = copy.deepcopy(encrypted_id)
        (encrypted,) = here.iterfind(f"{XENC}EncryptedData/{DS}KeyInfo")
        (encrypted_key,) = here.iterfind(f"{XENC}EncryptedKey")
        name = encrypted_key.findtext(f"{DS}KeyInfo/{DS}KeyName", "")
        if encrypted.find(f"{DS}RetrievalMethod") is None:
            assert encrypted.findtext(f"{DS}KeyName") == encrypted_key.findtext(f"{XENC}CarriedKeyName")
            encrypted.append(encrypted_key)
        done = self._run(
            *("--decrypt", f"--privkey-pem:{name}", str(key), "--id-attr:Id", f"{PLAIN}:EncryptedKey"),
            self._file("encrypted.xml", etree.tostring(here)),
        )
        assert done.returncode == 0, done.stderr
        (found,) = etree.fromstring(done.stdout).iterfind("{*}NameID")
        return found

    def _file(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run((self.program, *words), capture_output=True, timeout=20, check=False)


def published_certificates(metadata: bytes) -> dict[str, bytes]:
    """The signing certificates in a document, as PEM, by KeyName."""
    found = {}
    for key in etree.fromstring(metadata).iter(f"{MD}KeyDescriptor"):
        name, certificate = key.find(f".//{DS}KeyName"), key.find(f".//{DS}X509Certificate")
        if key.get("use") == "signing" and name is not None and certificate is not None:
            found[name.text or ""] = pem(certificate.text or "")
    return found


def pem(base64: str) -> bytes:
    """A certificate of XML as a file has it."""
    text = "".join(base64.split())
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n".encode()
