"""Applications, reviews, decisions, certificates and corrective actions."""
