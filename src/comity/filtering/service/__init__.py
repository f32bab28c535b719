"""What the feature can do."""
