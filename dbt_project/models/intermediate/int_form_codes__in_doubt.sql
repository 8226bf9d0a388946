-- Grain: one row per document, table, body row and code that cannot be the row's code as printed:
-- of no length or first digit that a classification has, below a code that its form does not print
-- although it prints those of at least half of its level, or one digit off the only code that has
-- the name beside it.
with

coded_rows as (

    select
        document_id,
        table_index,
        form,
        section,
        row_index,
        row_code,
        {{ printed_name('row_label') }} as printed_name,
        {{ parent_code('row_code') }} as parent_code,
        {{ is_code_shape('row_code') }} as is_shaped
    from {{ ref('stg_form_rows') }}
    where form <> '' and row_code <> ''

),

parents as (

    select distinct
        document_id,
        table_index,
        row_code
    from coded_rows

),

placed as (

    select
        coded_rows.*,
        coded_rows.parent_code <> '' and parents.row_code is null as is_orphan
    from coded_rows
    left join parents
        on
            coded_rows.document_id = parents.document_id
            and coded_rows.table_index = parents.table_index
            and coded_rows.parent_code = parents.row_code

),

listed_names as (

    select
        code,
        name_zh
    from {{ ref('functional_classification') }}
    union
    select
        code,
        name_zh
    from {{ ref('functional_name_history') }}
    union
    select
        code,
        name_zh
    from {{ ref('economic_classification') }}
    union
    select
        code,
        name_zh
    from {{ ref('economic_name_history') }}

),

listed_codes as (

    select
        code,
        {{ printed_name('name_zh') }} as printed_name
    from listed_names

),

-- Names that one code of a level alone has.
names as (

    select
        printed_name,
        length(code) as code_length,
        min(code) as code
    from listed_codes
    group by printed_name, code_length
    having count(distinct code) = 1

),

-- All economic codes are listed; of functional ones, one that is not may have a name that others
-- have, too, unless rows stand below the one that is and is not printed.
misnamed as (

    select distinct
        coded_rows.document_id,
        coded_rows.table_index,
        coded_rows.row_index
    from coded_rows
    inner join names
        on
            coded_rows.printed_name = names.printed_name
            and length(coded_rows.row_code) = names.code_length
            and hamming(coded_rows.row_code, names.code) = 1
    left join placed as children
        on
            coded_rows.document_id = children.document_id
            and coded_rows.table_index = children.table_index
            and children.is_orphan
            and names.code = children.parent_code
    where
        names.code[1] = '3'
        or coded_rows.row_code in (select listed_codes.code from listed_codes)
        or children.row_code is not null

),

-- A form that lists 项 alone prints the parents of none.
compared as (

    select
        *,
        2 * count(*) filter (where is_orphan) over same_level <= count(*) over same_level
            as is_exception
    from placed
    window same_level as (partition by document_id, table_index, length(row_code))

)

select
    compared.document_id,
    compared.table_index,
    compared.form,
    compared.section,
    compared.row_index,
    compared.row_code,
    'the code of a row cannot be right: ' || compared.row_code || ' in ' || compared.form as doubt
from compared
left join misnamed
    on
        compared.document_id = misnamed.document_id
        and compared.table_index = misnamed.table_index
        and compared.row_index = misnamed.row_index
where
    not compared.is_shaped
    or (compared.is_orphan and compared.is_exception)
    or misnamed.row_index is not null
