"""What to improve first: the steps of gaps rated, ranked and planned, their outcome measured."""
