"""Draws the mandate process as SVG on the server: `places` decides where things stand, `svg` draws them."""
