"""The shared vocabulary: the nouns that every feature means in the same way."""
