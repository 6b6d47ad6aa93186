"""The WSGI application of the front channel, with our own settings given to Django."""

from django.conf import settings as django_settings
from django.core.wsgi import get_wsgi_application

from volmacht.standins.authentication_service import settings

django_settings.configure(**{name: getattr(settings, name) for name in dir(settings) if name.isupper()})
application = get_wsgi_application()
