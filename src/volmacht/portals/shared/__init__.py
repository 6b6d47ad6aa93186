"""The frame of every page: who may open it, who is logged in, headers, refusals in plain words, theme and forms."""
