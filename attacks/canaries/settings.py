"""The product's settings; mails and other people's uploads land where the search will look."""

from banenafspraak.config.settings import *  # noqa: F403
from banenafspraak.config.settings import VAR_DIR

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
