"""What goes over the pipes to and from child/reader.py and child/copy.py. Imports struct alone: the child starts in milliseconds."""

import struct

REQUEST = struct.Struct("=cQQI")
"""op, limit, offset, length of the path that follows"""

ANSWER = struct.Struct("=iQ")
"""errno (0: none), length of the data that follows"""

STAT = struct.Struct("=QQIIIIQqqQQ")
"""dev ino mode uid gid nlink rdev size mtime_ns blocks blksize"""

COPIED = struct.Struct("=ciQQQ")
"""letter (r: goes on, d: done, e: broke off), errno, offset reached, size of the file, bytes written"""

REFUSED = 120
"""Exit status of child/pager.py where it opens nothing; pagers end with others."""
