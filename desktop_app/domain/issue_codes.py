"""The closed list of issue codes: how each is treated and its sentence, which says what to do next."""

from __future__ import annotations

from desktop_app.domain.return_issue_codes import RETURN_ISSUES
from desktop_app.domain.severity import Severity
from desktop_app.text.catalogue import N_

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
        N_("“{typed}” can be read as {first} or as {second}; write clearly which one is meant."),
    ),
    "figure_zero_or_none": (
        Severity.QUESTION,
        N_("“{typed}” may mean 0 or that nothing arose (không phát sinh); write 0 or KPS."),
    ),
    "figure_percent_or_share": (
        Severity.QUESTION,
        N_("“{typed}” may mean {first}% or {second}%; write clearly which one is meant."),
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
    "figure_approximate": (
        Severity.QUESTION,
        N_("“{typed}” is not exact; is {figure} the figure to be kept? Then write it alone."),
    ),
    "figure_in_brackets": (
        Severity.QUESTION,
        N_("“{typed}” stands in brackets, which some take for a figure below zero; write it without brackets."),
    ),
    "figure_is_bound": (Severity.ERROR, N_("“{typed}” is a limit, not a figure; ask the unit for the exact figure.")),
    "figure_is_range": (Severity.ERROR, N_("“{typed}” names two figures; ask the unit for the one that counts.")),
    "figure_is_pair": (
        Severity.ERROR,
        N_("“{typed}” may be a day, a fraction, or two figures; ask the unit for the one figure that is asked here."),
    ),
    "day_short_year": (Severity.QUESTION, N_("Is “{typed}” the day {day}? Write the year with four digits.")),
    "money_below_dong": (Severity.ERROR, N_("“{typed}” {unit} is not a whole number of đồng; remove the surplus decimals.")),
    "cell_day_unreadable": (
        Severity.ERROR,
        N_("“{typed}” cannot be read as a day; write day/month/year, for example 31/12/2017."),
    ),
    "cell_yes_no_unreadable": (Severity.ERROR, N_("“{typed}” is neither yes nor no; write “có” or “không”.")),
    "answer_no_or_none": (
        Severity.QUESTION,
        N_("“{typed}” may mean no (không) or that nothing arose (không phát sinh); write không or KPS."),
    ),
    "status_unknown": (Severity.ERROR, N_("“{typed}” is not in the list; choose one of: {options}.")),
    "percent_out_of_range": (
        Severity.ERROR,
        N_("“{typed}” is not between 0 and 100; write how many per cent are complete."),
    ),
    "field_zero_or_blank": (Severity.QUESTION, N_("“{typed}” may mean 0 or nothing to report; write 0 or leave it empty.")),
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
    "task_disbursed_jumps": (
        Severity.WARNING,
        N_(
            "Task {code} disbursed {disbursed} triệu đồng to date, after {before} in the last report; "
            "check the figure and its unit of measure, or explain it in the note."
        ),
    ),
    "task_disbursed_huge": (
        Severity.WARNING,
        N_(
            "Task {code} disbursed {disbursed} triệu đồng; check whether the figure is in đồng instead of triệu đồng, "
            "or explain it in the note."
        ),
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
    **RETURN_ISSUES,
}
"""Every issue code with its severity and English msgid; keep it grouped by the module that raises it."""
