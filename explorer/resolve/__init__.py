"""Who or what a number stands for: fd → file, inode → socket and peer, uid → user, pid → process.

system.py holds System, the one handle on the machine, which everything above is given. A new resolver: one file here,
one lazy property of System.
"""
