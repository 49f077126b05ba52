"""What goes over the pipes between reader.py and child/reader.py. Imports struct alone: the child starts in milliseconds."""

import struct

REQUEST = struct.Struct("=cQQI")
"""op, limit, offset, length of the path that follows"""

ANSWER = struct.Struct("=iQ")
"""errno (0: none), length of the data that follows"""

STAT = struct.Struct("=QQIIIIQqqQQ")
"""dev ino mode uid gid nlink rdev size mtime_ns blocks blksize"""
