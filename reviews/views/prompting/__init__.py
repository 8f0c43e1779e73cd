"""Pages of prompts: the list of an authority, one prompt and its parts, the explanation, the papers."""
