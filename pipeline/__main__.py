"""`python -m pipeline` is the `funnel` command."""

from pipeline.cli import main

main()
