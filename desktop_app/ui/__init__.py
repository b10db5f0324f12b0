"""The window: the only importer of PySide6."""

from desktop_app.ui.lasting import keep_constants_alive

keep_constants_alive()
