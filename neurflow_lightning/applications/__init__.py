"""What people do with circuits."""
