"""The parts of ``attacks.canary``: the house it attacks, the visitor who attacks it, and the search afterwards."""
