"""What a training needs around an analysis: when, on which images, and without a trace."""
