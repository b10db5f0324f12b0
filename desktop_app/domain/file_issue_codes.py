"""Issues of files that cannot be read at all: each has a stable code, a severity and an English msgid."""

from __future__ import annotations

from desktop_app.domain.severity import Severity
from desktop_app.text.catalogue import N_

FILE_ISSUES: dict[str, tuple[Severity, str]] = {
    # exchange/: files that are refused
    "file_empty": (Severity.ERROR, N_("The file is empty; ask the unit to send it again.")),
    "file_unreadable": (Severity.ERROR, N_("The file cannot be opened ({reason}); check that it is there and free.")),
    "file_too_large": (
        Severity.ERROR,
        N_("The file has {megabytes} MB, far more than a return; ask the unit for the workbook alone, without pictures."),
    ),
    "not_a_workbook": (
        Severity.ERROR,
        N_("This is no Excel or OpenDocument workbook (.xlsx, .xlsm, .xls, .ods); ask the unit for the workbook itself."),
    ),
    "file_damaged": (Severity.ERROR, N_("The file is damaged and cannot be read; ask the unit to send it again.")),
    "file_encrypted": (
        Severity.ERROR,
        N_("The file is protected by a password for opening; ask the unit to save it without one."),
    ),
    "workbook_too_many_sheets": (
        Severity.ERROR,
        N_("The workbook has {count} sheets (at most {limit} are read); ask the unit for the workbook that was sent to it."),
    ),
    "workbook_too_many_parts": (
        Severity.ERROR,
        N_("The file consists of {count} parts (at most {limit} are read); it was not opened."),
    ),
    "workbook_too_large": (
        Severity.ERROR,
        N_("The file would unfold to more than {megabytes} MB; it was not opened. Ask the unit for the workbook alone."),
    ),
    "workbook_cell_too_far": (
        Severity.ERROR,
        N_("Something stands in cell {cell}, far outside the form; delete it in the workbook and collect it again."),
    ),
    # exchange/scanning and what it asks: files that hold what no office program writes, or are something else
    "file_not_ordinary": (
        Severity.ERROR,
        N_(
            "This is no ordinary file but a device or a pipe, so it was not opened; "
            "copy the workbook itself into the folder."
        ),
    ),
    "folder_is_link": (
        Severity.ERROR,
        N_("This is a link to another folder, and it was not followed; choose that folder itself."),
    ),
    "folder_too_deep": (
        Severity.ERROR,
        N_("Folders lie in folders more than {limit} deep; what is below was not read. Choose the inner folder itself."),
    ),
    "batch_too_many_files": (
        Severity.ERROR,
        N_("There are more than {limit} files; the rest was not read. Collect it separately, in smaller parts."),
    ),
    "batch_too_large": (
        Severity.ERROR,
        N_("The files together have more than {megabytes} MB, so this one was not read; collect it separately."),
    ),
    "archive_in_archive": (
        Severity.ERROR,
        N_("This archive lies in an archive that lies in another one; unpack it and collect the files in it."),
    ),
    "archive_method_unknown": (
        Severity.ERROR,
        N_("The archive is packed in a way that is not read (method {method}); unpack it and collect the files in it."),
    ),
    "archive_overlaps": (
        Severity.ERROR,
        N_(
            "Parts of the file lie over each other, as in files made to do harm; it was not opened. "
            "Ask the unit for a new one."
        ),
    ),
    "archive_names_twice": (
        Severity.ERROR,
        N_(
            "The file has two parts named “{name}”, so it is not sure which is meant; "
            "ask the unit to save it again in Excel."
        ),
    ),
    "file_is_other": (
        Severity.ERROR,
        N_("The file is {kind}, whatever its name says, and no workbook; ask the unit for the workbook itself."),
    ),
    "file_is_archive": (
        Severity.ERROR,
        N_("The file is an archive ({kind}), whatever its name says; unpack it and collect the files in it."),
    ),
    "file_is_text_table": (
        Severity.ERROR,
        N_("The file is {kind}, only named like a workbook; open it in Excel, save it as .xlsx and collect it again."),
    ),
    "file_is_binary_workbook": (
        Severity.ERROR,
        N_("This is a binary workbook (.xlsb), which is not read; open it in Excel, save it as .xlsx and collect it again."),
    ),
    "file_encoding_unknown": (
        Severity.ERROR,
        N_("The text of the file is not in UTF-8, as in every workbook; ask the unit to save it again as .xlsx."),
    ),
    "file_declares_entities": (
        Severity.ERROR,
        N_(
            "The file declares entities, as files made to do harm do; it was not opened. "
            "Ask the unit to save it again in Excel."
        ),
    ),
    "workbook_row_too_far": (
        Severity.ERROR,
        N_("Something stands in row {row} (at most {limit} are read); delete it in the workbook and collect it again."),
    ),
    "workbook_too_many_cells": (
        Severity.ERROR,
        N_(
            "The sheets have more than {limit} cells, far more than a return; delete the empty rows and columns that have a "
            "format, save and collect it again."
        ),
    ),
    "workbook_too_much_text": (
        Severity.ERROR,
        N_("The cells hold more than {megabytes} MB of text; ask the unit for the workbook that was sent to it."),
    ),
    "reader_died": (
        Severity.ERROR,
        N_("The file made the reader stop, so it was not taken; ask the unit to save it again as .xlsx."),
    ),
    "reader_too_slow": (
        Severity.ERROR,
        N_("Reading the file took too long, so it was not taken; ask the unit for the workbook alone."),
    ),
    "form_unknown": (
        Severity.ERROR,
        N_("The workbook does not say which unit, form and period it is for; ask the unit for the one that was sent to it."),
    ),
    "problems_returned": (
        Severity.ERROR,
        N_("This is the list of problems that was sent to the unit; ask for the unit's own file, corrected."),
    ),
    "form_of_several": (
        Severity.ERROR,
        N_("The file holds sheets of several workbooks ({units}); ask for one file per unit and period."),
    ),
    "form_contradicts_itself": (
        Severity.ERROR,
        N_("Parts of the file belong to “{meta}”, other parts to “{line}”; ask the unit which one it is."),
    ),
    "form_without_table": (
        Severity.ERROR,
        N_("No sheet has a heading with “Mã” and “Kỳ này”; they may have been deleted. Ask the unit to send it again."),
    ),
}
"""Every code of a file that is refused, with its severity and English msgid."""
