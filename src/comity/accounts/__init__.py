"""Who may use this node, in which role, and how they prove it."""
