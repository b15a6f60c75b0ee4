"""Pages for the citizen: asking, and seeing what is kept and who looked."""
