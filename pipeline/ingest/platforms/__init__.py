"""One module a platform, declarations only."""
