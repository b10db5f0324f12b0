"""The closed list of error codes: how the command line ends and the sentence, which says what to do next."""

from __future__ import annotations

from enum import IntEnum

from desktop_app.text.catalogue import N_


class ExitCode(IntEnum):
    """Exit codes of the command line (product.md)."""

    DONE = 0
    DATA = 1
    USAGE = 2
    ENVIRONMENT = 3
    BUG = 70


ERRORS: dict[str, tuple[ExitCode, str]] = {
    "data_invalid": (ExitCode.DATA, N_("The data cannot be saved: {reasons}")),
    # storage: the file and the drive it is on
    "file_missing": (ExitCode.ENVIRONMENT, N_("There is no file “{file}”; check the name and the folder.")),
    "file_unreadable": (ExitCode.ENVIRONMENT, N_("“{file}” cannot be read; check your rights on it.")),
    "file_not_database": (ExitCode.ENVIRONMENT, N_("“{file}” is not a data file of Sổ Kế hoạch; choose another file.")),
    "file_foreign": (ExitCode.ENVIRONMENT, N_("“{file}” is a database of another program; choose another file.")),
    "file_too_new": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” was written by a newer version of Sổ Kế hoạch; install that version to open it."),
    ),
    "file_too_old_to_read": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” is of an older version and must be brought up to date first; open it for writing once."),
    ),
    "file_damaged": (ExitCode.ENVIRONMENT, N_("“{file}” is damaged; restore a proven copy.")),
    "file_needs_recovery": (
        ExitCode.ENVIRONMENT,
        N_("The last write to “{file}” was cut off; open it for writing once, so that it is put right."),
    ),
    "file_moved": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” was moved or replaced while it was open; close it and open it again."),
    ),
    "data_file_exists": (ExitCode.DATA, N_("“{file}” exists already and is not overwritten; choose another name.")),
    "folder_missing": (ExitCode.ENVIRONMENT, N_("There is no folder “{folder}”; create it first.")),
    "folder_read_only": (
        ExitCode.ENVIRONMENT,
        N_("The folder of “{file}” takes no new files, so nothing can be written; copy the file to a folder of your own."),
    ),
    "file_read_only": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” is read-only, so nothing can be written; remove the protection or copy the file."),
    ),
    "disk_full": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” could not be written: the disk is full or does not answer. Nothing was changed; free some space."),
    ),
    "file_in_use": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” has been open for writing by {name} since {since}; close it there first."),
    ),
    "file_busy": (ExitCode.ENVIRONMENT, N_("Another program is using “{file}”; try again in a moment.")),
    "drive_without_locks": (
        ExitCode.ENVIRONMENT,
        N_("The drive of “{file}” knows no locks (a network share?); copy the file to a local drive."),
    ),
    "backup_unknown": (ExitCode.USAGE, N_("“{file}” has no copy “{name}”; list the copies and choose one of them.")),
    "backup_not_sound": (ExitCode.ENVIRONMENT, N_("The copy “{name}” is damaged or no data file; choose another copy.")),
    "backup_of_another_file": (
        ExitCode.DATA,
        N_("“{name}” is a copy of another data file, so it does not take the place of “{file}”; choose another copy."),
    ),
    # storage: what rows and operations refuse
    "already_exists": (ExitCode.DATA, N_("{what} “{name}” exists already.")),
    "still_used": (ExitCode.DATA, N_("{what} “{name}” is still used ({by}); delete that first.")),
    "row_gone": (ExitCode.DATA, N_("{what} “{name}” was deleted meanwhile; open the page again.")),
    "operation_unknown": (ExitCode.USAGE, N_("There is no operation {operation} in the history.")),
    "operation_reverted": (ExitCode.DATA, N_("Operation {operation} was already undone by operation {by}.")),
    "operation_without_return": (ExitCode.DATA, N_("Operation {operation} holds no changes of that return.")),
    "undo_refused": (
        ExitCode.DATA,
        N_("Nothing was undone, because later changes would be lost: {reasons} Undo first: {later}."),
    ),
    # services/session.py
    "file_without_office": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” lacks the row that says whose file it is; restore a proven copy."),
    ),
    "file_without_root": (ExitCode.ENVIRONMENT, N_("“{file}” has no root unit; restore a proven copy.")),
    # cli/door.py
    "target_not_in_effect": (
        ExitCode.USAGE,
        N_("The target “{target}” of the plan “{plan}” does not count in {period}; choose another period."),
    ),
    "not_a_period": (
        ExitCode.USAGE,
        N_("“{code}” is not a reporting period; write for example 2017, 2017-H1, 2017-9M, 2017-Q1 or 2017-01."),
    ),
    # services/demo.py
    "demo_exists": (
        ExitCode.DATA,
        N_("“{folder}” already holds a demonstration ({file}); choose another folder, or delete it."),
    ),
    # services/history.py
    "nothing_to_undo": (ExitCode.DATA, N_("There is nothing to undo.")),
    "creation_not_undoable": (
        ExitCode.DATA,
        N_("The creation of the file cannot be undone; delete the file instead if it is no longer needed."),
    ),
    # services/forms.py
    "form_missing": (
        ExitCode.USAGE,
        N_("No target of the plan “{plan}” is asked for this kind of period ({kind}); choose another period."),
    ),
    # library/ and services/setup.py
    "library_damaged": (
        ExitCode.ENVIRONMENT,
        N_("The bundled data is damaged ({count} problems; the first: {problem}, {where}); install the program again."),
    ),
    "unknown_sample": (ExitCode.USAGE, N_("There is no sample “{name}”. There are: {known}.")),
    "no_codes": (ExitCode.USAGE, N_("There is no {what} with the code “{code}”: the file holds none yet.")),
    "unknown_code": (ExitCode.USAGE, N_("There is no {what} with the code “{code}”. Nearest: {nearest}.")),
    # services/files.py
    "file_exists": (
        ExitCode.DATA,
        N_("“{file}” is in {folder} already and holds something else; it was not overwritten. Choose another place."),
    ),
    "file_not_written": (
        ExitCode.ENVIRONMENT,
        N_("“{file}” could not be written in {folder} ({reason}); check the folder and the free space."),
    ),
    # exchange/ and services/issuing.py, collecting/, consolidated.py
    "nothing_to_export": (ExitCode.DATA, N_("There are no figures to export yet; collect returns or type some first.")),
    "nothing_to_collect": (ExitCode.DATA, N_("There is no file to collect; name workbooks, folders or zip archives.")),
    "reader_not_started": (
        ExitCode.ENVIRONMENT,
        N_(
            "Returned files are read by a second process, and the system does not start it (“{program}”: {reason}); "
            "nothing was read. Allow the program in the virus scanner, or install it again."
        ),
    ),
    "collection_changed": (
        ExitCode.DATA,
        N_("The files or the data changed since the preview (expected {expected}, found {found}); look at it again."),
    ),
    "collection_outdated": (
        ExitCode.DATA,
        N_("Something was written since the files were read; nothing was taken. Collect them again."),
    ),
    "unit_not_asked": (
        ExitCode.USAGE,
        N_("The form {form} asks nothing of the unit “{unit}” for {period}; leave the unit out."),
    ),
    # services/returns.py: rejecting
    "return_unknown": (ExitCode.USAGE, N_("There is no return {number} there; list the returns and choose one of them.")),
    "return_already_rejected": (
        ExitCode.DATA,
        N_("“{file}” was rejected already ({reason}); nothing was changed. Undo that operation to take it back."),
    ),
    "rejection_refused": (
        ExitCode.DATA,
        N_(
            "The return was not rejected, because what it brought was changed since: {reasons} Undo first: {later}; or "
            "reject it and leave what was changed since as it is."
        ),
    ),
    "no_return_stands": (
        ExitCode.DATA,
        N_("No return of {unit} for {period} stands; list the returns to see what came and what was rejected."),
    ),
    "return_of_several_plans": (
        ExitCode.USAGE,
        N_("{unit} sent returns for {period} under several plans ({plans}); name one of them."),
    ),
    # services/documents.py
    "document_format_unknown": (
        ExitCode.USAGE,
        N_("“{file}” must end in .pdf or .docx; choose one of the two."),
    ),
    "document_needs_period": (ExitCode.USAGE, N_("A report is for a period; name one, for example --period 2017.")),
}
"""Every error code with its exit code and English msgid; keep it grouped by the module that raises it."""
