"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.config.settings")
os.environ.setdefault("BANENAFSPRAAK_PROCES", "web")
application = get_wsgi_application()
# Every address is imported before the first visitor comes, not while they wait.
_ = get_resolver().url_patterns
