"""Pictures, tables and TensorBoard summaries of a snapshot."""
