"""The algorithm on torch: knows no Lightning, draws and prints nothing."""
