"""Compiles every template, so that a misspelt tag fails in the check and not on a page."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.config.settings")
django.setup()

errors = 0
root = Path(__file__).resolve().parents[1] / "src" / "banenafspraak" / "web" / "templates"
for path in sorted(root.rglob("*.html")):
    try:
        engines["django"].get_template(str(path.relative_to(root)))
    except TemplateSyntaxError as error:
        errors += 1
        print(f"{path}: {error}")
sys.exit(1 if errors else 0)
