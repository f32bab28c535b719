"""One file each: everything that a node can be taught without changing it."""
