"""For whom do you act? The pages between logging in and returning to the provider.

May touch `logins` and read `mandates`. Every page is for the browser that began this log-in: its session holds
the log-in's id. Nobody is logged in to the portal here.
"""
