"""A package, so that what is loaded for its tests is undone with the last of them."""
