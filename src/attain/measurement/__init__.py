"""What a number means: periods, units, exact ratios, targets in force, readings, outcomes."""
