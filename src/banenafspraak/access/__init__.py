"""Who acts, on whose behalf, and what they looked at."""
