-- Catches: a change of the macro row_path that would put cells of one row into different rows, or
-- cells of two rows, tables or sheets into one.
-- Lets pass: where readers print what; their own tests cover that.
-- From: paths of a Word file, a web page and workbooks, one of whose sheets is named like a cell.
with

cases (cell_path, expected_row) as (
    values
    ('body/tbl[3]/tr[5]/tc[2]', 'body/tbl[3]/tr[5]'),
    ('body/tbl[3]/tr[5]/tc[12]/p[1]', 'body/tbl[3]/tr[5]'),
    ('table[1]/tr[15]/td[2]', 'table[1]/tr[15]'),
    ('table[1]/tr[15]/th[1]', 'table[1]/tr[15]'),
    ('收支总表!B7', '收支总表!7'),
    ('收支总表!AB7', '收支总表!7'),
    ('收支总表!B17', '收支总表!17'),
    ('''1.收支总表''!B7', '''1.收支总表''!7'),
    ('''a!B7''!XFD1048576', '''a!B7''!1048576')
),

told as (

    select
        cell_path,
        expected_row,
        {{ row_path('cell_path') }} as told_row
    from cases

)

select
    cell_path,
    expected_row,
    told_row
from told
where told_row is distinct from expected_row
