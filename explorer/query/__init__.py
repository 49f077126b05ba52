"""Text → predicate, pure: what a person types into a filter."""
