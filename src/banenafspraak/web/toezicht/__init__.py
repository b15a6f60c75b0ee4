"""Pages for the supervisor: who looked at what, and what people say about it."""
