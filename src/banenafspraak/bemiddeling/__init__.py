"""Candidates are found without a name and met only with their consent."""
