"""Printers: one file a type. A printer takes (frame, register) and gives the Value, or None where the call ignores the argument.

Never raises: unknown bits show in hex, memory that cannot be read as its address, an unknown number with what strace
writes beside it. What the kernel writes is wrapped in Out: until the call has returned it shows as its address.
"""
