"""Pages for the assessor of UWV: the work list, the questions, the decision."""
