"""The instruments for an employer: what one brings, on which ground, until when, who asks for it, what excludes it."""
