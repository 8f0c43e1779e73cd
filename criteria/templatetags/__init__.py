"""Template tags about cycles."""
