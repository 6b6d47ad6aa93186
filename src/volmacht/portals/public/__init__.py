"""The public pages about connecting (*Aansluiten*): for anyone, without logging in. One module per task."""
