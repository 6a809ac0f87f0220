"""What changes between snapshots, and whether that is more than noise."""
