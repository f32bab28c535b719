"""What one can ask of the register, and decide in it."""

from comity.register.service.following import follow

__all__ = ["follow"]
