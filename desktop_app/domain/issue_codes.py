"""The closed list of issue codes: how each is treated and its sentence, which says what to do next."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.text.catalogue import N_


class Severity(StrEnum):
    """How an issue is treated.

    ``error``: the value is not taken. ``question``: it has more than one reading and is asked. ``warning``: it is taken, and
    an explanation (Giải trình) settles it. ``info``: worth knowing.
    """

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    INFO = "info"


ISSUES: dict[str, tuple[Severity, str]] = {
    # one field of an entity (kinds.py)
    "required_missing": (Severity.ERROR, N_("{field} is empty; please fill it in.")),
    "text_control_character": (Severity.ERROR, N_("{field} holds an invisible control character; type it again.")),
    "text_line_break": (Severity.ERROR, N_("{field} must be one line; remove the line break.")),
    "text_pattern": (Severity.ERROR, N_("{field} “{value}” is not written in the required form; correct it.")),
    "number_out_of_range": (Severity.ERROR, N_("{field} “{value}” is outside the allowed range; correct it.")),
    "number_not_finite": (Severity.ERROR, N_("{field} is not a number; type a figure.")),
    "number_too_many_places": (Severity.ERROR, N_("{field} “{value}” has more than six decimal places; round it.")),
    "day_out_of_range": (Severity.ERROR, N_("{field} “{value}” is not a plausible day; correct the year.")),
    "instant_without_zone": (Severity.ERROR, N_("{field} has no time zone.")),
    "period_unknown": (
        Severity.ERROR,
        N_("{field} “{value}” is not a reporting period; write for example 2017 or 2017-Q1."),
    ),
    "flag_not_boolean": (Severity.ERROR, N_("{field} must be yes or no.")),
    "choice_unknown": (Severity.ERROR, N_("{field} “{value}” is not in the list; choose one of the list.")),
    "word_with_space": (Severity.ERROR, N_("{field} “{value}” must hold codes without spaces.")),
    "reference_missing": (Severity.ERROR, N_("{field} points to nothing; choose an existing one.")),
    "blob_not_bytes": (Severity.ERROR, N_("{field} is not a file.")),
    # storage/check.py: what is wrong with a file
    "pages_damaged": (Severity.ERROR, N_("The file is damaged ({detail}); restore a proven copy.")),
    "reference_broken": (Severity.ERROR, N_("{what} points to {other} that does not exist; restore a proven copy.")),
    "row_unreadable": (Severity.ERROR, N_("{what} {name} cannot be read; restore a proven copy.")),
    "sort_key_stale": (Severity.WARNING, N_("{what} “{name}” is sorted wrongly; save it again.")),
    "history_silent": (
        Severity.WARNING,
        N_("{what} “{name}” was written outside of the program: the history does not know it."),
    ),
    "history_differs": (
        Severity.WARNING,
        N_("{what} “{name}”: {field} was changed outside of the program: the history says something else."),
    ),
    "history_lost_row": (Severity.WARNING, N_("{what}: a row was deleted outside of the program.")),
    "content_differs": (Severity.ERROR, N_("A kept file is damaged (SHA-256 {sha256}); restore a proven copy.")),
    # storage: why an operation cannot be taken back
    "changed_since": (Severity.ERROR, N_("{what} “{name}”: {field} was changed since.")),
    "row_changed_since": (Severity.ERROR, N_("{what} “{name}” was changed since.")),
    "deleted_since": (Severity.ERROR, N_("{what} “{name}” was deleted since.")),
    "created_since": (Severity.ERROR, N_("{what} “{name}” was created again since.")),
    # bundled data (library/)
    "resource_unreadable": (
        Severity.ERROR,
        N_("The bundled file “{file}” cannot be read ({reason}); install the program again."),
    ),
    "resource_unknown_field": (Severity.ERROR, N_("The bundled data has a field “{field}” that the program does not know.")),
    "resource_unknown_reference": (Severity.ERROR, N_("The bundled data names {what} “{code}”, which does not exist.")),
    "resource_duplicate": (Severity.ERROR, N_("The bundled data has the code “{code}” twice.")),
    "resource_wrong_type": (Severity.ERROR, N_("The bundled data has “{value}” in {field}, which is of another type.")),
    "resource_not_nfc": (Severity.ERROR, N_("The bundled text in {field} is not in the composed form of Unicode (NFC).")),
    "resource_unused": (Severity.ERROR, N_("Nothing in the bundled data uses “{file}”.")),
    "resource_roots": (Severity.ERROR, N_("A sample needs exactly one root unit; it has: {code}.")),
    "resource_formula": (Severity.ERROR, N_("In the bundled indicator {code}, {field} does not fit its type.")),
    "resource_period_not_asked": (
        Severity.ERROR,
        N_("The bundled indicator {code} is asked for periods for which the element {element} is not."),
    ),
    "resource_goal": (Severity.ERROR, N_("The bundled target {code} lacks its goal, or has one outside its plan's years.")),
    "resource_system_not_asked": (
        Severity.ERROR,
        N_("The bundled target {code} counts units by the system {system}, whose state not all of them are asked for."),
    ),
    "resource_answer": (Severity.ERROR, N_("The sample figures of {unit} for {element}, {period} do not fit: {problem}.")),
    # one cell, field or argument (values.py, columns.py)
    "cell_control_character": (Severity.ERROR, N_("The cell holds an invisible control character; type it again.")),
    "cell_error": (Severity.ERROR, N_("The cell holds the error {typed}; correct the formula or type the figure.")),
    "figure_unreadable": (Severity.ERROR, N_("“{typed}” cannot be read as a figure; write it like 1.234 or 85,5.")),
    "figure_ambiguous": (
        Severity.QUESTION,
        N_("“{typed}” can be read as {first} or as {second}; choose which one is meant."),
    ),
    "figure_zero_or_none": (
        Severity.QUESTION,
        N_("“{typed}” may mean 0 or that nothing arose (không phát sinh); choose which one is meant."),
    ),
    "figure_percent_or_share": (
        Severity.QUESTION,
        N_("“{typed}” may mean {first}% or {second}%; choose which one is meant."),
    ),
    "figure_percent_sign": (
        Severity.ERROR,
        N_("“{typed}” is a percentage, but a number in {unit} is asked; type the number."),
    ),
    "figure_negative": (Severity.ERROR, N_("“{typed}” is below zero; this figure cannot be negative.")),
    "figure_not_whole": (Severity.ERROR, N_("“{typed}” is not a whole number; a count has no decimals.")),
    "figure_has_decimals": (
        Severity.ERROR,
        N_("“{typed}” has decimals, but a whole number is asked; round it, for example to {rounded}."),
    ),
    "figure_too_many_places": (
        Severity.ERROR,
        N_("“{typed}” has more than {places} decimal places; round it, for example to {rounded}."),
    ),
    "figure_too_large": (Severity.ERROR, N_("“{typed}” is too large to be true; check the unit of measure.")),
    "figure_is_day": (
        Severity.ERROR,
        N_("The cell holds the day {day}, not a figure; set its format to Number and type the figure again."),
    ),
    "money_below_dong": (Severity.ERROR, N_("“{typed}” {unit} is not a whole number of đồng; remove the surplus decimals.")),
    "cell_day_unreadable": (
        Severity.ERROR,
        N_("“{typed}” cannot be read as a day; write day/month/year, for example 31/12/2017."),
    ),
    "cell_yes_no_unreadable": (Severity.ERROR, N_("“{typed}” is neither yes nor no; write “có” or “không”.")),
    "answer_no_or_none": (
        Severity.QUESTION,
        N_("“{typed}” may mean no (không) or that nothing arose (không phát sinh); choose which one is meant."),
    ),
    "status_unknown": (Severity.ERROR, N_("“{typed}” is not in the list; choose one of: {options}.")),
    "percent_out_of_range": (
        Severity.ERROR,
        N_("“{typed}” is not between 0 and 100; write how many per cent are complete."),
    ),
    "field_zero_or_blank": (Severity.QUESTION, N_("“{typed}” may mean 0 or nothing to report; choose which one is meant.")),
    "answer_none": (Severity.QUESTION, N_("Does “{typed}” mean that nothing arose (không phát sinh)?")),
    # services/checking.py
    "bundle_folder_missing": (Severity.ERROR, N_("The program's folder “{folder}” is missing or empty; install it again.")),
    "bundle_fonts_missing": (Severity.ERROR, N_("Only {count} of {needed} fonts are there; install the program again.")),
    "bundle_texts_missing": (Severity.ERROR, N_("The texts of “{package}” are missing; install the program again.")),
    # services/editing.py
    "unit_not_valid": (Severity.WARNING, N_("{unit} does not exist on {day}; check the unit and the period.")),
    # figures of one unit against each other (indicators/, rules/figures.py); an explanation settles each of them
    "share_above_whole": (
        Severity.WARNING,
        N_("“{name}” ({part}) is larger than “{whole_name}” ({whole}); correct one of them or explain it."),
    ),
    "numerator_not_applicable": (
        Severity.WARNING,
        N_("“{name}” is “không phát sinh” although “{whole_name}” is {whole}; type 0 or explain it."),
    ),
    "value_differs_from_parts": (
        Severity.WARNING,
        N_("“{name}” is {value}, but its parts ({parts}) add up to {total}; correct it or explain it."),
    ),
    "running_total_falls": (
        Severity.WARNING,
        N_("“{name}” is {value}, less than the {before} of {earlier}; a total since the start of the year cannot fall."),
    ),
    "value_jumps": (
        Severity.WARNING,
        N_("“{name}” went from {before} ({earlier}) to {value}; check the figure and its unit, or explain it."),
    ),
    "value_below_zero": (Severity.WARNING, N_("“{name}” is below zero ({value}); check it or explain it.")),
    "percent_above_hundred": (Severity.WARNING, N_("“{name}” is above 100% ({value}%); check it or explain it.")),
    # rows of the sheets Hệ thống and Nhiệm vụ (rules/reports.py)
    "task_done_not_complete": (
        Severity.WARNING,
        N_("Task {code} is done, but only {percent}% complete; correct one of them."),
    ),
    "task_complete_not_done": (
        Severity.WARNING,
        N_("Task {code} is 100% complete, but not marked as done; correct one of them."),
    ),
    "task_not_started_but_moving": (
        Severity.WARNING,
        N_("Task {code} has not started, but is {percent}% complete; correct one of them."),
    ),
    "task_percent_falls": (
        Severity.WARNING,
        N_("Task {code} is {percent}% complete, after {before}% in the last report; check it or explain it in the note."),
    ),
    "task_resting_but_paid": (
        Severity.WARNING,
        N_("Task {code} is not being carried out, but {disbursed} triệu đồng were disbursed; explain it in the note."),
    ),
    "task_disbursed_falls": (
        Severity.WARNING,
        N_("Task {code} disbursed {disbursed} triệu đồng to date, after {before} in the last report; it cannot fall."),
    ),
    "task_disbursed_differs": (
        Severity.WARNING,
        N_("Task {code} disbursed {disbursed} triệu đồng, but its funding sources add up to {total}; correct one of them."),
    ),
    "task_disbursed_above_allotted": (
        Severity.WARNING,
        N_("Task {code} disbursed {disbursed} triệu đồng, more than the {allotted} allotted; check it or explain it."),
    ),
    "system_since_missing": (
        Severity.WARNING,
        N_("“{name}” is in use, but the day since when is missing; without it the unit does not count."),
    ),
    "system_since_later": (
        Severity.WARNING,
        N_("“{name}” is in use since {since}, after the last day of the period ({day}); correct the day or the status."),
    ),
    "system_without_users": (
        Severity.WARNING,
        N_("“{name}” is in use, but has 0 users; correct one of them or explain it."),
    ),
    "system_used_before_deployed": (
        Severity.WARNING,
        N_("“{name}” is not deployed yet, but has {users} users; correct one of them or explain it."),
    ),
    # documents/preflight.py: before signing
    "document_without_basis": (Severity.WARNING, N_("The plan cites no legal basis (căn cứ); add at least one.")),
    "basis_expired": (
        Severity.WARNING,
        N_("“{document}” was in force only until {day}; take it out of the legal basis or replace it."),
    ),
    "basis_replaced": (
        Severity.WARNING,
        N_("“{document}” was in force only until {day}; cite its successor instead: {successor}."),
    ),
    "basis_not_yet_valid": (
        Severity.WARNING,
        N_("“{document}” comes into force only on {day}, after the day of the plan; check the day or take it out."),
    ),
    "plan_without_targets": (Severity.WARNING, N_("The plan has no targets; add them before it is signed.")),
    "target_without_goal": (Severity.WARNING, N_("The target {target} has no goal for any year; enter one.")),
    "target_without_indicator": (
        Severity.INFO,
        N_("The target {target} has no indicator, so a person must judge it; link one if it can be measured."),
    ),
    "task_without_lead": (Severity.INFO, N_("The task {task} names nobody who leads it; choose a unit.")),
    "task_named_twice": (Severity.WARNING, N_("The tasks {task} and {other} have the same name; delete one or rename it.")),
    "budget_differs": (
        Severity.WARNING,
        N_("The plan names {named} triệu đồng, but its tasks add up to {added} triệu đồng; correct one of them."),
    ),
    "money_outside_plan": (
        Severity.WARNING,
        N_("Money is allotted for {year}, which is not a year of the plan; correct the year."),
    ),
    "appendix_not_cited": (
        Severity.WARNING,
        N_("The text does not refer to {appendix}; refer to it or leave it out."),
    ),
    "period_outside_plan": (
        Severity.WARNING,
        N_("The period ({period}) is not within the years of the plan {plan}; check the period."),
    ),
    "figures_incomplete": (
        Severity.WARNING,
        N_("The target {target} rests on {reported} of {expected} units; remind the others or say so in the text."),
    ),
    "target_not_judged": (Severity.WARNING, N_("Nobody has judged the target {target} yet; judge it by hand.")),
    "task_not_reported": (Severity.INFO, N_("Nothing was reported on the task {task} for this period.")),
    "task_done_below_100": (
        Severity.WARNING,
        N_("The task {task} is reported as done but {percent}% complete; ask its leading unit."),
    ),
    "disbursed_above_allotted": (
        Severity.WARNING,
        N_("The task {task} disbursed {disbursed} triệu đồng, more than the {allotted} allotted; check the figures."),
    ),
    "figures_illustrative": (
        Severity.INFO,
        N_("The file was made from a sample, so the document says on every page that its figures are illustrative."),
    ),
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
    # services/collecting.py: returns that are refused
    "return_too_new": (
        Severity.ERROR,
        N_("The workbook was written by a newer program (format {version}); install the newer version first."),
    ),
    "return_of_other_file": (
        Severity.ERROR,
        N_("The workbook was issued from another data file (plan {plan}, unit {unit}); open that file to collect it."),
    ),
    "return_plan_unknown": (Severity.ERROR, N_("The workbook is for the plan “{plan}”, which this file does not have.")),
    "return_period_unknown": (Severity.ERROR, N_("The workbook is for “{period}”, which is not a reporting period.")),
    "return_round_unknown": (
        Severity.ERROR,
        N_("The form {form} was never issued for {period}; issue it first or ask for the right period."),
    ),
    "return_unit_unknown": (Severity.ERROR, N_("There is no unit with the code “{unit}”. Nearest: {nearest}.")),
    "return_unit_not_asked": (Severity.ERROR, N_("The form {form} asks nothing of “{unit}” for this period.")),
    "return_issue_unknown": (
        Severity.ERROR,
        N_("The issue that the workbook of “{unit}” comes from is not in this file; issue it again and copy the answers."),
    ),
    # exchange/ and services/collecting.py: what is doubtful about a return
    "identity_from_line": (
        Severity.INFO,
        N_("The hidden sheet _meta is gone; unit, form and period were read from the grey line below the sheets."),
    ),
    "identity_from_properties": (
        Severity.INFO,
        N_("The hidden sheet _meta and the grey line are gone; unit, form and period were read from the file's properties."),
    ),
    "issue_not_kept": (
        Severity.INFO,
        N_("The issue of this workbook is no longer in the file; the values at issue were taken from the workbook itself."),
    ),
    "meta_altered": (
        Severity.WARNING,
        N_("The hidden sheet _meta was changed; the codes and figures were checked against what was issued."),
    ),
    "file_known": (Severity.INFO, N_("This very file was collected before.")),
    "file_twice": (Severity.INFO, N_("The same file is in the batch twice; the other is “{other}”.")),
    "unit_twice": (
        Severity.WARNING,
        N_("“{unit}” sent another file too (“{other}”), and {count} cells differ; nothing was taken of those."),
    ),
    "unit_twice_alike": (
        Severity.INFO,
        N_("“{unit}” sent another file too (“{other}”); no answer of one contradicts the other."),
    ),
    "files_differ": (
        Severity.QUESTION,
        N_(
            "{code}: “{file}” answers {returned}, “{other}” answers {other_returned}; neither was taken. "
            "Keep one file, remove the other and collect again."
        ),
    ),
    "sheets_differ": (
        Severity.QUESTION,
        N_(
            "{code}: the sheet “{sheet}” answers {returned}, the sheet “{other}” (cell {cell}) answers {other_returned}; "
            "neither was taken. Delete one of the two sheets and collect again."
        ),
    ),
    "header_missing": (
        Severity.ERROR,
        N_(
            "The sheet “{sheet}” has lost its headings (Mã, Kỳ này …), so nothing of it was read; "
            "ask the unit to send the right form again."
        ),
    ),
    "sheet_missing": (
        Severity.ERROR,
        N_("The sheet “{sheet}” is gone, so nothing of it was read; ask the unit to send the right form again."),
    ),
    "code_column_missing": (
        Severity.ERROR,
        N_(
            "The sheet “{sheet}” has lost its column “Mã”, so nothing of it was read; "
            "ask the unit to send the right form again."
        ),
    ),
    "column_missing": (
        Severity.ERROR,
        N_(
            "The sheet “{sheet}” has lost its column “{column}”, or it was renamed; nothing of it was read. "
            "Ask the unit to send the right form again."
        ),
    ),
    "columns_swapped": (
        Severity.ERROR,
        N_(
            "On the sheet “{sheet}” “Kỳ này” stands before “Kỳ trước”, so it is not sure which is which; nothing was read. "
            "Ask the unit to send the right form again."
        ),
    ),
    "figure_under_previous": (
        Severity.ERROR,
        N_(
            "“{typed}” was typed under “Kỳ trước” and nothing under “Kỳ này”, so it was not taken; "
            "ask the unit to move it to “Kỳ này”."
        ),
    ),
    "figures_unread": (
        Severity.ERROR,
        N_("None of the figures asked could be read, so the file was not taken; ask the unit to send the right form again."),
    ),
    "form_blank": (
        Severity.WARNING,
        N_("The form is still empty ({blank}/{count} cells); remind the unit to fill it in."),
    ),
    "form_partly_blank": (Severity.INFO, N_("{blank}/{count} figures of the form are not answered yet.")),
    "column_twice": (
        Severity.ERROR,
        N_("There are two columns “{column}”, so neither was read; rename the one that was added."),
    ),
    "row_without_code": (
        Severity.ERROR,
        N_("Row {row} holds answers but no code in the column Mã, so it was not read; put the code back."),
    ),
    "row_missing": (Severity.INFO, N_("The row of {code} is gone; the file keeps what it has.")),
    "code_twice": (
        Severity.ERROR,
        N_("Rows {first} and {second} have the same code but different answers; neither was taken. Keep one of them."),
    ),
    "code_not_asked": (
        Severity.ERROR,
        N_("Row {row} has answers under “{code}”, which this form does not ask of the unit; they were not taken."),
    ),
    "formula_not_calculated": (
        Severity.ERROR,
        N_("The cell holds a formula that was never calculated; open the workbook, save it, or type the figure."),
    ),
    "legacy_font_read": (
        Severity.INFO,
        N_("Written in the old font {font}; it was read as “{read}”."),
    ),
    "legacy_font": (
        Severity.ERROR,
        N_("“{typed}” is written in the old font {font}, not in Unicode; type it again with Unicode."),
    ),
    "locked_cell_edited": (
        Severity.WARNING,
        N_("A locked cell in the row of {code} was changed (it now says “{shown}”); the change was ignored."),
    ),
    "cell_conflict": (
        Severity.QUESTION,
        N_("{code}: the unit answers {returned}, the file meanwhile holds {current} (issued with {base}); choose one."),
    ),
    "cell_overwritten": (
        Severity.WARNING,
        N_("{code}: the file meanwhile held {current} (issued with {base}); the unit's answer {returned} replaces it."),
    ),
    "cell_cleared_kept": (
        Severity.INFO,
        N_("{code}: the unit emptied the cell; the file keeps {current}."),
    ),
    "cell_difference_kept": (
        Severity.INFO,
        N_("{code}: the unit answers {returned}; the file keeps {current}, as only blanks are filled."),
    ),
    "deployment_without_status": (
        Severity.ERROR,
        N_("{code}: a system needs a status before a day, users or a note; its row was not taken. Choose a status."),
    ),
}
"""Every issue code with its severity and English msgid; keep it grouped by the module that raises it."""
