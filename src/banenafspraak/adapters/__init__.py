"""Foreign formats stop here; nothing inside knows a supplier's name."""
