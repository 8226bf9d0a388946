-- The staging schema: what was printed, one table per value type of pipelines/domain.
-- No keys or upserts are declared, so that the same statements run on DuckLake; loads replace a
-- whole document in one transaction instead. Times are UTC.

create schema if not exists staging;

-- Grain: one row per file seen under the raw directory in the latest run.
create table if not exists staging.files (
    file_path varchar not null,      -- relative to the raw directory, '/' separators; in an archive: a.zip!/b.pdf
    file_name varchar not null,
    sha256 varchar not null,         -- '' where the file could not even be opened
    byte_count bigint not null,
    modified_ns bigint not null,     -- modification time (of the archive), to tell unchanged files without hashing
    status varchar not null,         -- read | rejected | duplicate | unpacked
    reason varchar not null,         -- why it is not 'read', or not all of it: docs of pipelines/warehouse/file_records.py
    message varchar not null,        -- one line for people: what, where, what to do next
    reader_version varchar not null,
    seen_at timestamp not null
);

-- Grain: one row per document that was fetched from a site.
create table if not exists staging.publications (
    document_id varchar not null,    -- whether or not it could be read
    site varchar not null,
    url varchar not null,            -- where it was first seen
    referrer varchar not null,       -- the page that linked there
    title varchar not null,          -- of the announcement
    published_date date,
    first_seen_at timestamp not null,
    superseded_by_document_id varchar not null -- what stands there now, '' where it still does
);

-- Grain: one row per document (distinct content).
create table if not exists staging.documents (
    document_id varchar not null,    -- first 16 hex digits of sha256
    sha256 varchar not null,
    file_name varchar not null,
    file_kind varchar not null,      -- what the bytes are: pdf, ofd, docx, doc, rtf, odt, html, xlsx, xls
    page_count integer,
    department_name varchar not null,
    region_code varchar not null,
    fiscal_year integer,
    kind varchar,                    -- final_accounts | budget
    scope varchar not null,          -- department | unit
    is_template boolean not null,    -- nobody has filled it in
    evidence varchar not null,       -- JSON: the words each of the above was taken from
    reader_version varchar not null,
    loaded_at timestamp not null
);

-- Grain: one row per document and table printed in it, over however many pages.
create table if not exists staging.forms (
    document_id varchar not null,
    table_index integer not null,    -- position among the document's tables, from 0
    form varchar not null,           -- canonical form, '' where none was found
    resolved_by varchar not null,    -- words | structure | proof | ''
    resolution varchar not null,     -- what decided, for people
    reprint_of varchar not null,     -- form of another table that this one prints again, or ''
    title varchar not null,
    number_text varchar not null,
    printed_unit varchar not null,   -- 元 | 千元 | 万元 | 亿元 | ''
    entity_text varchar not null,
    note_text varchar not null,
    empty_statement varchar not null,
    empty_statement_forms varchar not null, -- comma-separated canonical forms
    column_count integer not null,
    number_count integer not null,   -- numbers printed in the grid below the header
    accounted_count integer not null, -- of them: figure, code, label or furniture
    page integer,
    cell_path varchar
);

-- Grain: one row per document, table and column of numbers.
create table if not exists staging.form_columns (
    document_id varchar not null,
    table_index integer not null,
    form varchar not null,
    section varchar not null,
    block integer not null,          -- which of the label/amount blocks side by side, from 0
    column_index integer not null,
    header_path varchar not null,    -- header cells from the top down, joined by '/'
    measure varchar not null,        -- canonical, '' where none was found
    resolved_by varchar not null     -- words | structure | proof | ''
);

-- Grain: one row per document, table and body row of a block, with or without numbers.
create table if not exists staging.form_rows (
    document_id varchar not null,
    table_index integer not null,
    form varchar not null,
    section varchar not null,
    block integer not null,
    row_index integer not null,
    row_code varchar not null,
    row_label varchar not null,
    row_path varchar not null,       -- labels of all levels, outermost first, joined by '/'
    line varchar not null,
    is_label_doubtful boolean not null,  -- of a picture, not read for certain, and without a code
    page integer,
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per printed number in a table.
create table if not exists staging.figures (
    figure_id varchar not null,
    document_id varchar not null,
    table_index integer not null,
    form varchar not null,           -- canonical, '' where none was found
    section varchar not null,
    block integer not null,
    row_index integer not null,
    column_index integer not null,
    title varchar not null,          -- of its table, as printed
    header_path varchar not null,
    row_path varchar not null,
    row_code varchar not null,
    row_label varchar not null,
    line varchar not null,
    measure varchar not null,        -- canonical, '' where none was found
    resolved_by varchar not null,    -- words | structure | proof | ''
    amount_text varchar not null,
    amount_yuan decimal(24, 6),      -- null where it counts no money, nothing says the unit, or it is doubtful
    printed_unit varchar not null,   -- '' where nothing says the unit
    printed_scale integer not null,
    reading_text varchar not null,   -- as read in a picture, before anything was mended; '' elsewhere
    is_doubtful boolean not null,    -- read in a picture and not for certain: amount_text is a guess
    page integer,
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per 行次 or 栏次 number printed in a form.
create table if not exists staging.furniture (
    document_id varchar not null,
    table_index integer not null,
    form varchar not null,
    section varchar not null,
    kind varchar not null,           -- line_number | column_number
    position integer not null,
    number_text varchar not null,
    page integer,
    cell_path varchar
);

-- Grain: one row per paragraph of the narrative.
create table if not exists staging.paragraphs (
    document_id varchar not null,
    paragraph_index integer not null,
    part varchar not null,           -- front | overview | tables | narrative | appendix | definitions
    section_path varchar[] not null, -- headings above it, outermost first
    section_topic varchar not null,  -- what the section is about: docs/claims.md, '' where unknown
    is_heading boolean not null,
    text varchar not null,
    page integer,
    cell_path varchar
);

-- Grain: one row per value stated in the narrative.
create table if not exists staging.claims (
    claim_id varchar not null,
    document_id varchar not null,
    claim_index integer not null,    -- reading order, from 0
    paragraph_index integer not null,
    part varchar not null,           -- as in staging.paragraphs
    section varchar not null,        -- innermost heading
    section_path varchar[] not null, -- all headings, outermost first
    topic varchar not null,          -- docs/claims.md; '' only where ambiguous
    item varchar not null,           -- of the topic, may have dots: vehicles.total
    role varchar not null,
    item_label varchar not null,
    item_code varchar not null,
    lei varchar not null,            -- names of 类, 款 and 项 that the label prints, else ''
    kuan varchar not null,
    xiang varchar not null,
    level varchar not null,          -- which of them is meant: class | subclass | item | ''
    group_label varchar not null,
    kind varchar not null,           -- docs/claims.md
    value decimal(24, 6),            -- null where words are stated
    value_text varchar not null,
    printed_scale integer,           -- null where no number is printed
    unit varchar not null,
    is_unit_missing boolean not null,
    direction varchar not null,      -- increase | decrease | equal | ''
    base varchar not null,
    base_text varchar not null,
    year integer,
    comparison_year integer,
    fund varchar not null,
    whole_claim_id varchar,          -- the claim this one is said to be a part of
    sentence varchar not null,
    text_begin integer not null,     -- where the number or word stands in its paragraph's text
    text_end integer not null,       -- as text_begin where nothing is printed
    reading varchar not null,        -- clear | ambiguous
    reading_note varchar not null,
    page integer,                    -- where the number or word stands, not its sentence
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per number that the narrative prints and that states no value.
create table if not exists staging.prose_furniture (
    document_id varchar not null,
    paragraph_index integer not null,
    kind varchar not null,           -- docs/claims.md
    number_text varchar not null,
    text_begin integer not null,     -- where it begins in its paragraph's text
    page integer,
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per term that a document defines.
create table if not exists staging.definitions (
    document_id varchar not null,
    definition_index integer not null,
    term varchar not null,
    text varchar not null,
    page integer,
    cell_path varchar
);

-- Grain: one row per duty, internal office or unit that a document names.
create table if not exists staging.department_facts (
    document_id varchar not null,
    fact_index integer not null,
    fact varchar not null,           -- duty | office | unit | unit_count
    of_body varchar not null,        -- whose it is, '' where the text does not say
    text varchar not null,
    sentence varchar not null,
    page integer,
    cell_path varchar
);

-- Grain: one row per performance indicator that a table of a document lists.
create table if not exists staging.performance_indicators (
    document_id varchar not null,
    table_index integer not null,
    row_index integer not null,
    project_name varchar not null,   -- '' for the publisher as a whole
    unit_name varchar not null,      -- whose project it is where the table says so, else ''
    indicator_class varchar not null,   -- 一级指标
    indicator_type varchar not null,    -- 二级指标
    indicator_name varchar not null,    -- 三级指标
    target_text varchar not null,       -- as printed, as are the units
    target_comparator varchar not null, -- >= | <= | > | < | = | ''
    target_value decimal(24, 6),
    target_unit varchar not null,
    achieved_text varchar not null,
    achieved_value decimal(24, 6),
    achieved_unit varchar not null,
    weight decimal(24, 6),
    score decimal(24, 6),
    page integer,
    cell_path varchar
);

-- Grain: one row per thing certainly wrong with a document's words.
create table if not exists staging.text_findings (
    document_id varchar not null,
    finding_index integer not null,
    kind varchar not null,           -- placeholder | template_residue | unit_missing | wrong_fund | name_mismatch
    rule varchar not null,
    printed varchar not null,
    expected varchar not null,
    sentence varchar not null,
    paragraph_index integer not null,
    page integer,
    cell_path varchar
);

-- Grain: one row per cell of a table in a picture and way in which it was read.
create table if not exists staging.cell_readings (
    document_id varchar not null,
    cell_index integer not null,     -- reading order among the document's cells in pictures, from 0
    figure_id varchar not null,      -- the figure that it prints, '' where it prints none
    is_doubtful boolean not null,    -- a number that was not read for certain
    rank integer not null,           -- 1 = as the first recogniser reads it
    reading_text varchar not null,   -- as read
    amount_text varchar not null,    -- the same, a number without remains of rulings, its separators in place
    amount_yuan decimal(24, 6),      -- if that is right; null where it is no amount of money
    confidence double not null,      -- of its least likely character, 0-1
    recogniser varchar not null,     -- the model
    page integer,
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per page that is a picture and was read as one.
create table if not exists staging.pictured_pages (
    document_id varchar not null,
    page integer not null,
    turn integer not null            -- degrees clockwise for its text to stand upright; places are those after it
);

-- Grain: one row per printed thing that could not be used.
create table if not exists staging.rejections (
    document_id varchar not null,
    table_index integer,             -- null where it stands in no table
    reason varchar not null,
    form varchar not null,
    printed varchar not null,
    detail varchar not null,
    page integer,
    bbox_x0 double,
    bbox_top double,
    bbox_x1 double,
    bbox_bottom double,
    cell_path varchar
);

-- Grain: one row per run that changed the warehouse.
create table if not exists staging.runs (
    run_id varchar not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    documents_read integer not null,
    documents_unchanged integer not null,
    documents_rejected integer not null,
    summary varchar not null         -- JSON
);

-- Grain: one row per build of the marts; the latest one tells the next run whether it came to an end.
create table if not exists staging.builds (
    digest varchar not null,         -- of the dbt project and the program
    built_at timestamp not null,
    outcome varchar not null,        -- running | built | tests_failed | failed
    summary varchar not null         -- JSON: models and tests, failed ones by name
);

-- Grain: one row per document whose rows stand in the marts.
create table if not exists staging.built_documents (
    document_id varchar not null,
    group_id varchar not null,       -- the department whose documents are built together
    state ubigint not null           -- of everything its rows were built from
);

-- Grain: one row per figure that was read a second time, and per number that only the second
-- reading found in a table that was read again.
create table if not exists staging.second_readings (
    document_id varchar not null,
    figure_id varchar not null,      -- '' where the first reading found no figure there
    form varchar not null,
    page integer not null,
    first_text varchar not null,     -- as the first reading has it
    second_text varchar not null,    -- as the second reading has it
    third_text varchar not null,     -- the characters in its place, '' where there are none
    shown_text varchar not null,     -- what is to be seen there, '' where that is not certain
    outcome varchar not null,        -- agrees | upheld | differs | missed | unreadable
    detail varchar not null,
    flavour varchar not null         -- how the second reader found the table, '' where it did not
);

-- Grain: one row per figure of each explanation of a document's failing identities.
create table if not exists staging.error_locations (
    document_id varchar not null,
    fault_number integer not null,   -- failing identities that share figures are one fault
    solution_rank integer not null,  -- 1 = likeliest; equal costs share a rank
    solution_number integer not null,
    is_located boolean not null,     -- whether one explanation is better than all others
    cost double not null,
    cause varchar not null,          -- figures | shifted_down | shifted_up
    family_id varchar not null,      -- of all printings of one quantity, '' where there is but one
    figure_id varchar not null,      -- '' where nothing explains the fault
    suggested_text varchar not null, -- '' where nothing pins the figure down
    suggested_yuan decimal(24, 6),
    slip varchar not null,
    repairs varchar not null,        -- JSON: the failing checks that the figure takes part in
    failing varchar not null         -- JSON: the failing checks of the fault
);

-- Grain: one row per document whose failing identities were audited.
create table if not exists staging.audited_documents (
    document_id varchar not null,
    state varchar not null,          -- of its checks and of the auditing code: audited once for each
    message varchar not null,        -- why there is no second reading, '' where there is
    audited_at timestamp not null
);

-- Grain: one row per figure that was not read for certain and that the identities determine.
create table if not exists staging.cell_repairs (
    document_id varchar not null,
    figure_id varchar not null,
    reading_text varchar not null,   -- as read in the picture
    amount_text varchar not null,    -- what it is taken for
    amount_yuan decimal(24, 6) not null,
    printed_scale integer not null,
    candidates varchar[] not null,   -- what was read, the likeliest first
    deciding_check_ids varchar[] not null  -- the checks that hold with it and with nothing else
);

-- Grain: one row per document with figures that were not read for certain.
create table if not exists staging.repaired_documents (
    document_id varchar not null,
    state varchar not null,          -- of the auditing code and the dbt project: decided once for each
    doubtful_count integer not null, -- figures that were not read for certain
    decided_count integer not null,  -- of them: determined by the identities
    too_many_count integer not null  -- of them: hang together with too many others
);

-- Grain: one row per build of the marts: how much of what was read it proved.
create table if not exists staging.quality_history (
    built_at timestamp not null,
    document_count integer not null,
    quarantined_count integer not null,
    figure_count bigint not null,
    proven_count bigint not null,
    disputed_count bigint not null,
    named_count bigint not null,     -- figures that have a canonical measure
    number_count bigint not null,    -- numbers printed in tables, and amounts beside them
    accounted_count bigint not null, -- of them: figure, code, label or furniture
    prose_number_count bigint not null, -- numbers of the prose that state a value
    prose_clear_count bigint not null, -- of them: read in one way only
    violation_count bigint not null
);

-- Grain: one row per form that the catalogue knows; written anew before each dbt build.
create table if not exists staging.form_catalogue (
    form varchar not null,
    kind varchar not null,           -- final_accounts | budget
    family varchar not null,         -- summary | income | expenditure | basic_expenditure |
                                     -- three_public | agency_operation | procurement | assets |
                                     -- project | other
    classification varchar not null, -- of the codes in its rows: functional | economic | ''
    basis varchar not null,          -- whose money: all_funds | appropriation |
                                     -- general_public_budget | government_fund | state_capital | ''
    topic varchar not null,          -- of the statements that speak of it: docs/claims.md, or ''
    layout varchar not null,         -- two_sided | coded | economic_blocks | single_row
    is_standard boolean not null     -- one of the nine that every document must print
);
