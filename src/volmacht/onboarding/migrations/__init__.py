"""The history of the tables of connecting providers."""
