"""The WSGI application of Gemeente Voorbeeld."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "volmacht.standins.sample_provider.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
