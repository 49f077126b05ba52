"""The screen. Attributes down, messages up; a widget queries only its own children; threads live in feed.py alone.

app.py      the App: holds the state that areas share      feed.py    the threads that ask, and the messages they post
driver.py   the terminal itself                            themes.py  Role → style, for each sort of terminal
text.py     the only maker of renderables                  lines.py   the line-drawing widget that all areas are made of
panes/      one file a pane; PANES                         messages.py
machine/    the files of all processes                     trace/      the trace area, and its tabs
"""
