"""What is done so that people find work and keep it."""
