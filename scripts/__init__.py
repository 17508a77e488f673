"""What the targets of the Makefile do.

Only Python's own library is used here: these modules make the virtual environment that everything
else lives in, so they run before anything is installed.
"""
