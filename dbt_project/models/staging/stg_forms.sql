-- Grain: one row per document and table printed in it, over however many pages.
select
    document_id,
    table_index,
    form,
    resolved_by,
    resolution,
    reprint_of,
    title,
    number_text,
    printed_unit,
    entity_text,
    note_text,
    empty_statement,
    -- '' is no list of one form without a name.
    if(empty_statement_forms = '', [], string_split(empty_statement_forms, ','))
        as empty_statement_forms,
    column_count,
    number_count,
    accounted_count,
    page,
    cell_path
from {{ source('staging', 'forms') }}
