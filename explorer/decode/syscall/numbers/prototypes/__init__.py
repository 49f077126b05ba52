"""The prototypes, a file an architecture."""
