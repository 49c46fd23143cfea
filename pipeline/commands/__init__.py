"""Commands by topic: each module is a small application that `pipeline.cli` takes in."""
