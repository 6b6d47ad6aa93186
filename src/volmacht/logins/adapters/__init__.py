"""How log-ins speak with neighbours."""
