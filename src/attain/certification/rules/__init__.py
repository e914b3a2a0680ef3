"""The rules of certification: given figures, states and instants they decide; they read nothing."""
