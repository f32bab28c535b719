"""Payment messages: who pays whom through whom, and every piece of text in them that has to be screened."""
