"""Customers of the drawn tables, by name: their tokens are too long to read."""

ANNA, BEN, CARA, DORA, EMIL = PEOPLE = tuple(
    f"00000000-0000-0000-0000-00000000000{n}" for n in range(1, 6)
)
