"""The closed list of issue codes of returned workbooks: how each is treated and its sentence, which says what to do next."""

from __future__ import annotations

from desktop_app.domain.file_issue_codes import FILE_ISSUES
from desktop_app.domain.severity import Severity
from desktop_app.text.catalogue import N_

RETURN_ISSUES: dict[str, tuple[Severity, str]] = {
    **FILE_ISSUES,
    # exchange/recognising: what of a file belongs to somebody else, or stands in a wrong place
    "identity_foreign": (
        Severity.ERROR,
        N_("This belongs to the workbook {other}, the file to {own}; ask for one file per unit and period."),
    ),
    "identity_damaged": (
        Severity.WARNING,
        N_("The grey line with unit, form and period was changed here and cannot be read; leave it as it was sent."),
    ),
    "code_column_twice": (
        Severity.ERROR,
        N_(
            "On the sheet “{sheet}” the heading “Mã” stands side by side in {cells}, so nothing below was read; "
            "keep one table there, with one column “Mã”."
        ),
    ),
    "row_of_totals": (
        Severity.WARNING,
        N_("Row {row} below the table adds up others and has no code; it is the unit's own and was not read."),
    ),
    "column_not_ours": (
        Severity.WARNING,
        N_("Column {column} is none of the form's; what stands in {count} cells of it was not read."),
    ),
    "answer_beside": (
        Severity.ERROR,
        N_("{code}: “{typed}” stands in a column without a heading and was not read; move it to its column, or delete it."),
    ),
    "cell_merged": (
        Severity.ERROR,
        N_(
            "The cells {area} were merged into one, so it is not sure what each of them answers; split them and answer each."
        ),
    ),
    "table_repeated": (
        Severity.ERROR,
        N_(
            "A second table with its heading in row {row} contradicts the one above, so it is not sure whose it is; this "
            "answer stands there alone and was not taken. Delete one of the tables."
        ),
    ),
    "table_pasted_over": (
        Severity.ERROR,
        N_(
            "“Kỳ trước” is not what was issued in {rows} rows, so the table may be another unit's or another year's; "
            "nothing was taken. Ask the unit to type its figures into the workbook that was sent to it."
        ),
    ),
    "sheet_of_whom": (
        Severity.QUESTION,
        N_(
            "{code}: only the sheet “{sheet}” answers this ({returned}), and it contradicts “{other}” elsewhere, so it was "
            "not taken. Decide, or delete one of the two sheets and collect again."
        ),
    ),
    "cell_struck": (
        Severity.ERROR,
        N_(
            "Something of “{typed}” is crossed out, so it is not sure what is meant and nothing was taken; "
            "ask the unit to write the answer clearly and send the workbook again."
        ),
    ),
    "cell_struck_asked": (
        Severity.QUESTION,
        N_(
            "A part of “{typed}” is crossed out; without it “{kept}” is left. Nothing was taken; decide which is meant, "
            "or ask the unit to write the answer clearly and send the workbook again."
        ),
    ),
    "row_mixed": (
        Severity.ERROR,
        N_(
            "The row has the code {code} but the name of {other}, so it is not sure which is answered; nothing was taken. "
            "Ask the unit to put codes and names in order again."
        ),
    ),
    # services/collecting/old_rounds.py, planning.py: returns that may be somebody else's, or of another period
    "named_like_other": (
        Severity.WARNING,
        N_("The file is named like that of “{other}” but holds the workbook of “{unit}”; make sure whose figures they are."),
    ),
    "guide_names_other": (
        Severity.WARNING,
        N_(
            "The sheet “{sheet}” names “{other}”, but this is the workbook of “{unit}”; make sure whose figures they are. "
            "If they are those of “{other}”, ask for its own workbook."
        ),
    ),
    "round_is_old": (
        Severity.WARNING,
        N_(
            "This is the workbook of {period}, and {newer} was issued to the unit since; "
            "if the figures are those of {newer}, ask for the workbook of {newer}."
        ),
    ),
    "round_filled_again": (
        Severity.ERROR,
        N_(
            "The figures of {period} are in the file already, and {count} of {answered} in this workbook differ, as if it "
            "had been filled in for {newer}; nothing that differs was taken. Ask for the workbook of {newer}, or decide "
            "cell by cell."
        ),
    ),
    "named_like_newer": (
        Severity.ERROR,
        N_(
            "The file has the name of the workbook of {newer}, but inside it is that of {period}, so nothing that differs "
            "was taken. Ask for the workbook of {newer}, or decide cell by cell."
        ),
    ),
    "round_of_which": (
        Severity.QUESTION,
        N_(
            "{code}: the unit answers {returned}, the file holds {current}; it may be a figure of {newer}, so it was not "
            "taken. Decide for one."
        ),
    ),
    # services/collecting/: returns that are refused
    "return_too_new": (
        Severity.ERROR,
        N_("The workbook was written by a newer program (format {version}); install the newer version first."),
    ),
    "return_of_other_file": (
        Severity.ERROR,
        N_("The workbook was issued from another data file (plan {plan}, unit {unit}); open that file to collect it."),
    ),
    "return_rejected_before": (
        Severity.ERROR,
        N_(
            "This very file was rejected on {day} ({reason}), so it was not taken; ask the unit for a corrected one, undo "
            "the rejection, or take the file all the same (“Take rejected files all the same” in the window, or "
            "--take-rejected)."
        ),
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
    # exchange/ and services/collecting/: what is doubtful about a return
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
            "Choose one in the window, or keep one file, remove the other and collect again."
        ),
    ),
    "sheets_differ": (
        Severity.QUESTION,
        N_(
            "{code}: the sheet “{sheet}” answers {returned}, the sheet “{other}” (cell {cell}) answers {other_returned}; "
            "neither was taken. Delete one of the two sheets and collect again."
        ),
    ),
    "tables_differ": (
        Severity.QUESTION,
        N_(
            "{code}: two tables of the sheet “{sheet}” answer it, cell {own_cell} {returned} and cell {cell} "
            "{other_returned}; neither was taken. Delete one of the two tables and collect again."
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
    "figure_under_note": (
        Severity.ERROR,
        N_(
            "“{typed}” was typed under “Giải trình” and nothing under “Kỳ này”, so it was not taken; "
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
        N_(
            "Row {row} holds answers, but the column Mã holds no code of the form there, so it was not read; "
            "put the code back."
        ),
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
        N_("Written in the old font {font}: “{was}” was read as “{read}”."),
    ),
    "legacy_text_guessed": (
        Severity.WARNING,
        N_("“{was}” looks like text in an old font ({font}) and was read as “{read}”; check it before taking the file."),
    ),
    "legacy_text_asked": (
        Severity.QUESTION,
        N_(
            "“{was}” may be text in an old font ({font}): “{first}” or “{second}”? Choose in the window, "
            "or type it in the workbook again in Unicode and collect it again."
        ),
    ),
    "legacy_sheet_read": (
        Severity.INFO,
        N_(
            "{count} headings and fixed cells of this sheet are in the old font {font} (“{was}” was read as “{read}”); "
            "they count as unchanged."
        ),
    ),
    "letters_in_pieces": (
        Severity.INFO,
        N_("Letters and tone marks came apart (decomposed Unicode); they were put together: “{read}”."),
    ),
    "locked_cell_edited": (
        Severity.WARNING,
        N_("A locked cell in the row of {code} was changed (it now says “{shown}”); the change was ignored."),
    ),
    "cell_conflict": (
        Severity.QUESTION,
        N_("{code}: the unit answers {returned}, the file meanwhile holds {current} (issued with {base}); decide for one."),
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
"""Every code of a returned workbook with its severity and English msgid; keep it grouped by the module that raises it."""
