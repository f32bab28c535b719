"""Nothing of the domain: what any careful program would need."""
