"""What is asked, what is answered, and what can go wrong."""
