"""What is kept of payments: files, verdicts, the questions that were asked, and the steps of those who decide."""
