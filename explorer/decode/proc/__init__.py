"""One file for each file of /proc/PID, named as it is there: decode(bytes) → fact."""
