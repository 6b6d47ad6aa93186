"""The register: requests, codes, mandates, uses, and the one decision (DM-10..DM-44)."""
