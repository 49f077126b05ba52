"""Facts: frozen nouns that all layers share. No behaviour beyond what follows from their own fields.

A new fact: one file here, a frozen slotted dataclass; what may be absent is typed `T | Missing`. Text that came from
Linux is `str` decoded with surrogateescape, so its exact bytes can always be had back.
"""
