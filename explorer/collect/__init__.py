"""Facts that are asked for: read with kernel, understood with decode, named with resolve, answered in model."""
