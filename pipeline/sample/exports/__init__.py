"""One module per export: the audience or the customers in, a file as it is delivered out."""
