"""Doors for machines. They don't know one another, and find the choosing pages by URL name."""
