"""A Textual app that shows nothing: the floor of first_paint.py."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
