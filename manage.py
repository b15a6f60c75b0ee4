#!/usr/bin/env python
"""Django's usual door to the same commands as the console script ``banenafspraak``."""

from banenafspraak.config.cli import main

if __name__ == "__main__":
    main()
