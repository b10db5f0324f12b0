-- The first schema: every entity of desktop_app/domain/entities, and the history of what was done.
--
-- Tables are STRICT, constraints are named, ids are never used twice (AUTOINCREMENT). Money is whole đồng, exact decimals are
-- text, days are YYYY-MM-DD, instants ISO 8601 in UTC. Codes are unique without case; NOCASE is built in and codes are ASCII.
-- sort_key and search_key are derived from the name by desktop_app.text.vietnamese: columns instead of a collation, so that
-- other programs can open the file. A reference never cascades: what disappears with a row must be in the history too.

CREATE TABLE element (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_element_kind CHECK (kind IN ('count', 'decimal', 'money', 'yes_no', 'day', 'text')),
    measure TEXT NOT NULL CONSTRAINT ck_element_measure CHECK (measure IN ('stock', 'flow')),
    unit TEXT NOT NULL,
    places INTEGER NOT NULL CONSTRAINT ck_element_places CHECK (places BETWEEN 0 AND 4),
    scale_vnd INTEGER CONSTRAINT ck_element_scale_vnd CHECK (scale_vnd >= 1),
    definition TEXT NOT NULL,
    source TEXT,
    period_kinds TEXT NOT NULL,
    section TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_element_order_number CHECK (order_number >= 1),
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX ux_element_code ON element (code COLLATE NOCASE);

CREATE TABLE unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    symbol TEXT,
    kind TEXT NOT NULL CONSTRAINT ck_unit_kind CHECK (kind IN ('province', 'department', 'public_service', 'district', 'commune', 'vertical', 'ministry', 'ministry_unit', 'other')),
    level TEXT NOT NULL CONSTRAINT ck_unit_level CHECK (level IN ('central', 'province', 'district', 'commune')),
    identifier TEXT,
    identifier_illustrative INTEGER NOT NULL CONSTRAINT ck_unit_identifier_illustrative CHECK (identifier_illustrative IN (0, 1)),
    admin_code TEXT,
    order_number INTEGER NOT NULL CONSTRAINT ck_unit_order_number CHECK (order_number >= 1),
    is_root INTEGER NOT NULL CONSTRAINT ck_unit_is_root CHECK (is_root IN (0, 1)),
    valid_from TEXT CONSTRAINT ck_unit_valid_from CHECK (valid_from IS date(valid_from)),
    valid_to TEXT CONSTRAINT ck_unit_valid_to CHECK (valid_to IS date(valid_to)),
    contact_name TEXT,
    contact_phone TEXT,
    contact_email TEXT,
    note TEXT,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX ux_unit_code ON unit (code COLLATE NOCASE);
CREATE UNIQUE INDEX ux_unit_root ON unit (is_root) WHERE is_root = 1;

CREATE TABLE plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    short_title TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_plan_kind CHECK (kind IN ('national', 'guidance', 'direction', 'five_year', 'annual', 'amendment', 'reference')),
    start_year INTEGER NOT NULL CONSTRAINT ck_plan_start_year CHECK (start_year BETWEEN 1990 AND 2100),
    end_year INTEGER NOT NULL CONSTRAINT ck_plan_end_year CHECK (end_year BETWEEN 1990 AND 2100),
    symbol TEXT,
    issued_on TEXT CONSTRAINT ck_plan_issued_on CHECK (issued_on IS date(issued_on)),
    issued_text TEXT,
    issuer TEXT,
    signer TEXT,
    signer_position TEXT,
    parent_id INTEGER,
    amends_id INTEGER,
    effective_from TEXT CONSTRAINT ck_plan_effective_from CHECK (effective_from IS date(effective_from)),
    objective TEXT,
    responsible TEXT,
    origin TEXT,
    origin_version TEXT,
    source_ids TEXT NOT NULL,
    correction TEXT,
    note TEXT,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CONSTRAINT fk_plan_parent FOREIGN KEY (parent_id) REFERENCES plan (id),
    CONSTRAINT fk_plan_amends FOREIGN KEY (amends_id) REFERENCES plan (id)
) STRICT;
CREATE UNIQUE INDEX ux_plan_code ON plan (code COLLATE NOCASE);

CREATE TABLE form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    period_kind TEXT NOT NULL CONSTRAINT ck_form_period_kind CHECK (period_kind IN ('Y', 'H', '9M', 'Q', 'M')),
    CONSTRAINT fk_form_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) STRICT;
CREATE UNIQUE INDEX ux_form_code ON form (code COLLATE NOCASE);
CREATE UNIQUE INDEX ux_form_kind ON form (plan_id, period_kind);

CREATE TABLE round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    due_on TEXT NOT NULL CONSTRAINT ck_round_due_on CHECK (due_on IS date(due_on)),
    cut_off_on TEXT CONSTRAINT ck_round_cut_off_on CHECK (cut_off_on IS date(cut_off_on)),
    CONSTRAINT fk_round_form FOREIGN KEY (form_id) REFERENCES form (id)
) STRICT;
CREATE UNIQUE INDEX ux_round ON round (form_id, period);

CREATE TABLE unit_return (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    received_at TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_unit_return_status CHECK (status IN ('received', 'has_issues')),
    cells_json TEXT NOT NULL,
    CONSTRAINT fk_unit_return_round FOREIGN KEY (round_id) REFERENCES round (id),
    CONSTRAINT fk_unit_return_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE INDEX ix_unit_return_unit ON unit_return (round_id, unit_id);

CREATE TABLE value (
    period TEXT NOT NULL,
    element_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_value_state CHECK (state IN ('value', 'zero', 'not_applicable', 'not_reported')),
    amount INTEGER,
    text TEXT,
    note TEXT,
    return_id INTEGER,
    CONSTRAINT pk_value PRIMARY KEY (period, element_id, unit_id),
    CONSTRAINT fk_value_element FOREIGN KEY (element_id) REFERENCES element (id),
    CONSTRAINT fk_value_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT fk_value_return FOREIGN KEY (return_id) REFERENCES unit_return (id),
    CONSTRAINT ck_value_answer CHECK (
        CASE state
            WHEN 'value' THEN amount IS NOT NULL OR text IS NOT NULL
            WHEN 'zero' THEN amount IS 0 AND text IS NULL
            ELSE amount IS NULL AND text IS NULL
        END
    )
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_value_return ON value (return_id) WHERE return_id IS NOT NULL;
-- the few rows that are more than a bare amount; reports read them beside packed columns (storage/queries.py)
CREATE INDEX ix_value_exception ON value (element_id, period) WHERE amount IS NULL OR note IS NOT NULL;

CREATE TABLE indicator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL CONSTRAINT ck_indicator_type CHECK (type IN ('R', 'C', 'S', 'G', 'M', 'I', 'P')),
    unit TEXT NOT NULL,
    scale INTEGER NOT NULL CONSTRAINT ck_indicator_scale CHECK (scale BETWEEN 1 AND 100),
    numerator_id INTEGER,
    denominator_id INTEGER,
    is_share INTEGER NOT NULL CONSTRAINT ck_indicator_is_share CHECK (is_share IN (0, 1)),
    condition TEXT CONSTRAINT ck_indicator_condition CHECK (condition IN ('element', 'ratio', 'systems')),
    condition_element_id INTEGER,
    threshold TEXT,
    condition_systems TEXT NOT NULL,
    base_id INTEGER,
    growth TEXT CONSTRAINT ck_indicator_growth CHECK (growth IN ('relative', 'points')),
    direction TEXT NOT NULL CONSTRAINT ck_indicator_direction CHECK (direction IN ('up', 'down')),
    definition TEXT,
    period_kinds TEXT NOT NULL,
    sets TEXT NOT NULL,
    levels TEXT NOT NULL,
    source TEXT,
    section TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_indicator_order_number CHECK (order_number >= 1),
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CONSTRAINT fk_indicator_numerator FOREIGN KEY (numerator_id) REFERENCES element (id),
    CONSTRAINT fk_indicator_denominator FOREIGN KEY (denominator_id) REFERENCES element (id),
    CONSTRAINT fk_indicator_condition_element FOREIGN KEY (condition_element_id) REFERENCES element (id),
    CONSTRAINT fk_indicator_base FOREIGN KEY (base_id) REFERENCES indicator (id)
) STRICT;
CREATE UNIQUE INDEX ux_indicator_code ON indicator (code COLLATE NOCASE);

CREATE TABLE office (
    id INTEGER PRIMARY KEY CONSTRAINT ck_office_id CHECK (id = 1),
    uuid TEXT NOT NULL,
    regime TEXT NOT NULL CONSTRAINT ck_office_regime CHECK (regime IN ('nd09', 'calendar')),
    digest_key TEXT NOT NULL,
    sample TEXT,
    illustrative INTEGER NOT NULL CONSTRAINT ck_office_illustrative CHECK (illustrative IN (0, 1)),
    created_at TEXT NOT NULL,
    created_with TEXT NOT NULL
) STRICT;

CREATE TABLE unit_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    valid_to TEXT NOT NULL CONSTRAINT ck_unit_name_valid_to CHECK (valid_to IS date(valid_to)),
    CONSTRAINT fk_unit_name_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_unit_name ON unit_name (unit_id, valid_to);

CREATE TABLE unit_succession (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    predecessor_id INTEGER NOT NULL,
    successor_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_unit_succession_kind CHECK (kind IN ('merger', 'split', 'transfer')),
    took_effect_on TEXT NOT NULL CONSTRAINT ck_unit_succession_took_effect_on CHECK (took_effect_on IS date(took_effect_on)),
    CONSTRAINT fk_unit_succession_predecessor FOREIGN KEY (predecessor_id) REFERENCES unit (id),
    CONSTRAINT fk_unit_succession_successor FOREIGN KEY (successor_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_unit_succession ON unit_succession (predecessor_id, successor_id, took_effect_on);

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    position TEXT,
    unit_id INTEGER,
    phone TEXT,
    email TEXT,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CONSTRAINT fk_person_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;

CREATE TABLE legal_document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    symbol TEXT NOT NULL,
    kind TEXT NOT NULL,
    issued_on TEXT CONSTRAINT ck_legal_document_issued_on CHECK (issued_on IS date(issued_on)),
    issued_text TEXT,
    issuer TEXT NOT NULL,
    title TEXT NOT NULL,
    valid_from TEXT CONSTRAINT ck_legal_document_valid_from CHECK (valid_from IS date(valid_from)),
    valid_to TEXT CONSTRAINT ck_legal_document_valid_to CHECK (valid_to IS date(valid_to)),
    replaced_by_id INTEGER,
    confidence TEXT,
    correction TEXT,
    source_ids TEXT NOT NULL,
    note TEXT,
    CONSTRAINT fk_legal_document_replaced_by FOREIGN KEY (replaced_by_id) REFERENCES legal_document (id)
) STRICT;
CREATE UNIQUE INDEX ux_legal_document_symbol ON legal_document (symbol);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    legal_document_id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    added_on TEXT NOT NULL CONSTRAINT ck_attachment_added_on CHECK (added_on IS date(added_on)),
    CONSTRAINT fk_attachment_legal_document FOREIGN KEY (legal_document_id) REFERENCES legal_document (id)
) STRICT;
CREATE INDEX ix_attachment_document ON attachment (legal_document_id);

CREATE TABLE funding_source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id INTEGER,
    order_number INTEGER NOT NULL CONSTRAINT ck_funding_source_order_number CHECK (order_number >= 1),
    CONSTRAINT fk_funding_source_parent FOREIGN KEY (parent_id) REFERENCES funding_source (id)
) STRICT;
CREATE UNIQUE INDEX ux_funding_source_code ON funding_source (code COLLATE NOCASE);

CREATE TABLE plan_basis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    legal_document_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_plan_basis_order_number CHECK (order_number >= 1),
    note TEXT,
    CONSTRAINT fk_plan_basis_plan FOREIGN KEY (plan_id) REFERENCES plan (id),
    CONSTRAINT fk_plan_basis_legal_document FOREIGN KEY (legal_document_id) REFERENCES legal_document (id)
) STRICT;
CREATE UNIQUE INDEX ux_plan_basis ON plan_basis (plan_id, legal_document_id);

CREATE TABLE plan_actor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit_kind TEXT CONSTRAINT ck_plan_actor_unit_kind CHECK (unit_kind IN ('province', 'department', 'public_service', 'district', 'commune', 'vertical', 'ministry', 'ministry_unit', 'other')),
    order_number INTEGER NOT NULL CONSTRAINT ck_plan_actor_order_number CHECK (order_number >= 1),
    source_ids TEXT NOT NULL,
    CONSTRAINT fk_plan_actor_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) STRICT;
CREATE INDEX ix_plan_actor_plan ON plan_actor (plan_id);

CREATE TABLE area (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_area_order_number CHECK (order_number >= 1),
    source_ids TEXT NOT NULL,
    CONSTRAINT fk_area_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) STRICT;
CREATE UNIQUE INDEX ux_area_code ON area (plan_id, code COLLATE NOCASE);

CREATE TABLE plan_section (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    outline_key TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT fk_plan_section_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) STRICT;
CREATE UNIQUE INDEX ux_plan_section ON plan_section (plan_id, outline_key);

CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    statement TEXT NOT NULL,
    short_statement TEXT NOT NULL,
    area_id INTEGER,
    indicator_id INTEGER,
    is_qualitative INTEGER NOT NULL CONSTRAINT ck_target_is_qualitative CHECK (is_qualitative IN (0, 1)),
    scope TEXT NOT NULL,
    comparator TEXT NOT NULL CONSTRAINT ck_target_comparator CHECK (comparator IN ('ge', 'le', 'gt', 'lt', 'eq', 'approx', 'up')),
    tolerance_percent TEXT,
    wording TEXT,
    threshold TEXT,
    change TEXT CONSTRAINT ck_target_change CHECK (change IN ('add', 'change', 'end')),
    changed_target_id INTEGER,
    tags TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_target_order_number CHECK (order_number >= 1),
    source_ids TEXT NOT NULL,
    note TEXT,
    CONSTRAINT fk_target_plan FOREIGN KEY (plan_id) REFERENCES plan (id),
    CONSTRAINT fk_target_area FOREIGN KEY (area_id) REFERENCES area (id),
    CONSTRAINT fk_target_indicator FOREIGN KEY (indicator_id) REFERENCES indicator (id),
    CONSTRAINT fk_target_changed_target FOREIGN KEY (changed_target_id) REFERENCES target (id)
) STRICT;
CREATE UNIQUE INDEX ux_target_code ON target (plan_id, code COLLATE NOCASE);

CREATE TABLE goal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    year INTEGER NOT NULL CONSTRAINT ck_goal_year CHECK (year BETWEEN 1990 AND 2100),
    unit_id INTEGER,
    amount TEXT NOT NULL,
    CONSTRAINT fk_goal_target FOREIGN KEY (target_id) REFERENCES target (id),
    CONSTRAINT fk_goal_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_goal ON goal (target_id, year, coalesce(unit_id, 0));

CREATE TABLE exemption (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT fk_exemption_target FOREIGN KEY (target_id) REFERENCES target (id),
    CONSTRAINT fk_exemption_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_exemption ON exemption (target_id, unit_id);

CREATE TABLE judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    unit_id INTEGER,
    verdict TEXT NOT NULL CONSTRAINT ck_judgement_verdict CHECK (verdict IN ('met', 'not_met')),
    judge TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT fk_judgement_target FOREIGN KEY (target_id) REFERENCES target (id),
    CONSTRAINT fk_judgement_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_judgement ON judgement (target_id, period, coalesce(unit_id, 0));

CREATE TABLE system_category (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_system_category_order_number CHECK (order_number >= 1),
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX ux_system_category_code ON system_category (code COLLATE NOCASE);

CREATE TABLE system (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    category_id INTEGER NOT NULL,
    description TEXT,
    owner TEXT,
    operator TEXT,
    lifecycle TEXT CONSTRAINT ck_system_lifecycle CHECK (lifecycle IN ('planned', 'building', 'in_use', 'upgrading', 'retired')),
    security_level INTEGER CONSTRAINT ck_system_security_level CHECK (security_level BETWEEN 1 AND 5),
    funding_form TEXT,
    scope TEXT NOT NULL,
    source_ids TEXT NOT NULL,
    order_number INTEGER NOT NULL CONSTRAINT ck_system_order_number CHECK (order_number >= 1),
    note TEXT,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CONSTRAINT fk_system_category FOREIGN KEY (category_id) REFERENCES system_category (id)
) STRICT;
CREATE UNIQUE INDEX ux_system_code ON system (code COLLATE NOCASE);

CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    area_id INTEGER,
    lead_unit_id INTEGER,
    lead TEXT,
    cooperating TEXT,
    product TEXT,
    starts_on TEXT CONSTRAINT ck_task_starts_on CHECK (starts_on IS date(starts_on)),
    due_on TEXT CONSTRAINT ck_task_due_on CHECK (due_on IS date(due_on)),
    due_text TEXT,
    recurring TEXT,
    form TEXT CONSTRAINT ck_task_form CHECK (form IN ('investment', 'purchase', 'service_hire', 'upkeep', 'training', 'regulation', 'ppp', 'other')),
    verb TEXT CONSTRAINT ck_task_verb CHECK (verb IN ('build', 'set_up', 'maintain', 'update', 'upgrade', 'connect', 'integrate', 'operate', 'plan', 'complete', 'extend', 'share', 'issue', 'report', 'train', 'other')),
    system_id INTEGER,
    legal_document_id INTEGER,
    responsible TEXT,
    carried_over INTEGER NOT NULL CONSTRAINT ck_task_carried_over CHECK (carried_over IN (0, 1)),
    change TEXT CONSTRAINT ck_task_change CHECK (change IN ('add', 'change', 'end')),
    changed_task_id INTEGER,
    order_number INTEGER NOT NULL CONSTRAINT ck_task_order_number CHECK (order_number >= 1),
    source_ids TEXT NOT NULL,
    correction TEXT,
    note TEXT,
    CONSTRAINT fk_task_plan FOREIGN KEY (plan_id) REFERENCES plan (id),
    CONSTRAINT fk_task_area FOREIGN KEY (area_id) REFERENCES area (id),
    CONSTRAINT fk_task_lead_unit FOREIGN KEY (lead_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_task_system FOREIGN KEY (system_id) REFERENCES system (id),
    CONSTRAINT fk_task_legal_document FOREIGN KEY (legal_document_id) REFERENCES legal_document (id),
    CONSTRAINT fk_task_changed_task FOREIGN KEY (changed_task_id) REFERENCES task (id)
) STRICT;
CREATE UNIQUE INDEX ux_task_code ON task (plan_id, code COLLATE NOCASE);

CREATE TABLE plan_budget (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    funding_source_id INTEGER,
    amount_vnd INTEGER CONSTRAINT ck_plan_budget_amount_vnd CHECK (amount_vnd >= 0),
    approximate INTEGER NOT NULL CONSTRAINT ck_plan_budget_approximate CHECK (approximate IN (0, 1)),
    order_number INTEGER NOT NULL CONSTRAINT ck_plan_budget_order_number CHECK (order_number >= 1),
    source_ids TEXT NOT NULL,
    CONSTRAINT fk_plan_budget_plan FOREIGN KEY (plan_id) REFERENCES plan (id),
    CONSTRAINT fk_plan_budget_funding_source FOREIGN KEY (funding_source_id) REFERENCES funding_source (id)
) STRICT;
CREATE INDEX ix_plan_budget_plan ON plan_budget (plan_id);

CREATE TABLE task_money (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL,
    year INTEGER NOT NULL CONSTRAINT ck_task_money_year CHECK (year BETWEEN 1990 AND 2100),
    funding_source_id INTEGER NOT NULL,
    stage TEXT NOT NULL CONSTRAINT ck_task_money_stage CHECK (stage IN ('proposed', 'allotted', 'spent', 'disbursed')),
    amount_vnd INTEGER NOT NULL CONSTRAINT ck_task_money_amount_vnd CHECK (amount_vnd >= 0),
    CONSTRAINT fk_task_money_task FOREIGN KEY (task_id) REFERENCES task (id),
    CONSTRAINT fk_task_money_funding_source FOREIGN KEY (funding_source_id) REFERENCES funding_source (id)
) STRICT;
CREATE UNIQUE INDEX ux_task_money ON task_money (task_id, year, funding_source_id, stage);

CREATE TABLE task_report (
    task_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    status TEXT CONSTRAINT ck_task_report_status CHECK (status IN ('not_started', 'in_progress', 'done', 'paused', 'cancelled')),
    percent INTEGER CONSTRAINT ck_task_report_percent CHECK (percent BETWEEN 0 AND 100),
    disbursed_vnd INTEGER CONSTRAINT ck_task_report_disbursed_vnd CHECK (disbursed_vnd >= 0),
    note TEXT,
    return_id INTEGER,
    CONSTRAINT pk_task_report PRIMARY KEY (task_id, period),
    CONSTRAINT fk_task_report_task FOREIGN KEY (task_id) REFERENCES task (id),
    CONSTRAINT fk_task_report_return FOREIGN KEY (return_id) REFERENCES unit_return (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_task_report_return ON task_report (return_id) WHERE return_id IS NOT NULL;

CREATE TABLE issuance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    issue_id TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    cells_json TEXT NOT NULL,
    CONSTRAINT fk_issuance_round FOREIGN KEY (round_id) REFERENCES round (id),
    CONSTRAINT fk_issuance_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE UNIQUE INDEX ux_issuance_issue ON issuance (issue_id);
CREATE INDEX ix_issuance_unit ON issuance (round_id, unit_id);

CREATE TABLE deployment (
    unit_id INTEGER NOT NULL,
    system_id INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_deployment_status CHECK (status IN ('not_yet', 'in_progress', 'in_use', 'stopped')),
    since_on TEXT CONSTRAINT ck_deployment_since_on CHECK (since_on IS date(since_on)),
    users INTEGER CONSTRAINT ck_deployment_users CHECK (users >= 0),
    note TEXT,
    return_id INTEGER,
    CONSTRAINT pk_deployment PRIMARY KEY (unit_id, system_id),
    CONSTRAINT fk_deployment_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT fk_deployment_system FOREIGN KEY (system_id) REFERENCES system (id),
    CONSTRAINT fk_deployment_return FOREIGN KEY (return_id) REFERENCES unit_return (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_deployment_return ON deployment (return_id) WHERE return_id IS NOT NULL;

CREATE TABLE system_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_system_id INTEGER NOT NULL,
    to_system_id INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_system_link_status CHECK (status IN ('planned', 'connected')),
    source_ids TEXT NOT NULL,
    note TEXT,
    CONSTRAINT fk_system_link_from_system FOREIGN KEY (from_system_id) REFERENCES system (id),
    CONSTRAINT fk_system_link_to_system FOREIGN KEY (to_system_id) REFERENCES system (id)
) STRICT;
CREATE UNIQUE INDEX ux_system_link ON system_link (from_system_id, to_system_id);

-- The history: one row per operation, one per changed row. Both are append-only.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    params TEXT NOT NULL,
    reverts_id INTEGER,
    reverts_return_id INTEGER,
    CONSTRAINT fk_operation_reverts FOREIGN KEY (reverts_id) REFERENCES operation (id)
) STRICT;
CREATE INDEX ix_operation_reverts ON operation (reverts_id) WHERE reverts_id IS NOT NULL;

-- row_key is the JSON array of the key's values. before and after hold the changed fields alone: before is NULL for a new row,
-- after for a deleted one. There is no foreign key to the row or the return: the history outlives both.
CREATE TABLE change_log (
    operation_id INTEGER NOT NULL,
    number INTEGER NOT NULL CONSTRAINT ck_change_log_number CHECK (number >= 1),
    entity TEXT NOT NULL,
    row_key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    return_id INTEGER,
    CONSTRAINT pk_change_log PRIMARY KEY (operation_id, number),
    CONSTRAINT fk_change_log_operation FOREIGN KEY (operation_id) REFERENCES operation (id),
    CONSTRAINT ck_change_log_images CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_change_log_row ON change_log (entity, row_key);
CREATE INDEX ix_change_log_return ON change_log (return_id) WHERE return_id IS NOT NULL;

-- Bytes that left their table: the change log names them by SHA-256, and undo takes them from here.
CREATE TABLE kept_content (
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_kept_content PRIMARY KEY (sha256)
) STRICT;

CREATE TRIGGER operation_is_append_only_update BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER operation_is_append_only_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER change_log_is_append_only_update BEFORE UPDATE ON change_log
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER change_log_is_append_only_delete BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER kept_content_is_append_only_update BEFORE UPDATE ON kept_content
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER kept_content_is_append_only_delete BEFORE DELETE ON kept_content
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
