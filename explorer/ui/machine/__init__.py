"""The files of the whole machine: every descriptor of every process in one list.

demand.py     what a person wants to see of them            looking.py   reads and arranges, a bit at a time, in a feed thread
arranging.py  filter, order and groups of very many rows    area.py      the area; opening.py opens it and closes it
"""
