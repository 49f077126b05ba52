"""The one decoder of every engine."""
