"""File containers as the platforms and the bank deliver them, the same bytes every time."""
