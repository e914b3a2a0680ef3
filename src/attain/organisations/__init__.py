"""Who belongs to whom, who may do what, and who did what."""
