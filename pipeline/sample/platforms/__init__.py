"""How the accounts behave: posts, their daily numbers, followers, and the codes they carry."""
