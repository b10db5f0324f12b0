"""Qt's own words (buttons, file dialog, menus of fields) from our catalogue: PySide6 ships no Vietnamese translation."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from desktop_app.text.catalogue import N_, Catalogue

QT_WORDS: dict[str, str] = {
    "OK": N_("OK"),
    "&OK": N_("OK"),
    "Save": N_("Save"),
    "&Save": N_("Save"),
    "Save As": N_("Save as"),
    "Open": N_("Open"),
    "&Open": N_("Open"),
    "&Choose": N_("Choose"),
    "Cancel": N_("Leave it"),
    "&Cancel": N_("Leave it"),
    "Close": N_("Close"),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
    "&Look in:": N_("Folder:"),
    "Directory:": N_("Folder:"),
    "File &name:": N_("File name:"),
    "Files of &type:": N_("Kind of file:"),
    "Files": N_("Files"),
    "Directories": N_("Folders"),
    "Computer": N_("Computer"),
    "Drive": N_("Drive"),
    "Folder": N_("Folder"),
    "Unknown": N_("Unknown"),
    "Show ": N_("Show "),
    "Sidebar": N_("Places"),
    "List of places and bookmarks": N_("Places and bookmarks"),
    "Back": N_("One step back"),
    "Go back": N_("One step back"),
    "Go forward": N_("One step forward"),
    "Go to the parent directory": N_("Folder above"),
    "Create a New Folder": N_("New folder"),
    "Change to list view mode": N_("As a list"),
    "Change to detail view mode": N_("With details"),
    "Show &hidden files": N_("Show hidden files"),
    "&New Folder": N_("New folder"),
    "&Rename": N_("Rename"),
    "&Delete": N_("Delete"),
    "Forward": N_("One step forward"),
    "Parent Directory": N_("Folder above"),
    "Create New Folder": N_("New folder"),
    "List View": N_("As a list"),
    "Detail View": N_("With details"),
    "Name": N_("File name"),
    "Size": N_("Size"),
    "Kind": N_("Kind of file"),
    "Type": N_("Kind of file"),
    "Date Modified": N_("Last changed"),
    "All Files (*)": N_("All files (*)"),
    "%1 already exists.\nDo you want to replace it?": N_("%1 already exists.\nShall it be replaced?"),
    "Show Details...": N_("Show the details"),
    "Hide Details...": N_("Hide the details"),
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
}
"""Qt's source texts with our English msgids."""


class QtWords(QTranslator):
    """Answers Qt's source texts; what is not in the table stays as Qt has it."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = {source: catalogue(message) for source, message in QT_WORDS.items()}

    def isEmpty(self) -> bool:
        """Say that there is something in it; Qt does not ask an empty translator."""
        return False

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """Return our words for a source text; None leaves Qt's own."""
        return self._words.get(source)
