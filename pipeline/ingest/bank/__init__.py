"""One module for each file the bank delivers, declarations only."""
