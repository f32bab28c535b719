"""The edge: where people, programs and machines come in. It alone knows HTTP, the terminal, languages and looks."""
