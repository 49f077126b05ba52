"""The pictures of README.md: procdive itself in a terminal, on real processes. `make screenshots` draws them anew."""
