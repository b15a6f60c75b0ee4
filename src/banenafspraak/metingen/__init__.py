"""Jobs counted from wage data, reproducibly, never about one person."""
