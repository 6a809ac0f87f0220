"""Does a circuit hold: the paper's evaluations on the user's own network and data."""
