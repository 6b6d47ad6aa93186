"""The REST calls to the BVD: a package, so that the catalogue it loads lives as long as its tests."""
