"""eHerkenning that answers over TLS, pinned by employees of the operator."""

from tests.interfaces.saml.conftest import loaded, saml_data, saml_settings, world
from tests.portals.citizen.entering.conftest import eherkenning

__all__ = ["eherkenning", "loaded", "saml_data", "saml_settings", "world"]
