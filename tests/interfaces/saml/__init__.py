"""The conformance suite of the SAML interface: a package, so that what it loads lives as long as its tests."""
