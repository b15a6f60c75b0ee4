"""Pages for who helps people to work: a gemeente, UWV, a werkgeversservicepunt."""
