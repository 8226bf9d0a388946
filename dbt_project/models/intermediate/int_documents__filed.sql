-- Grain: one row per content of a file that lies in a folder called after a province.
-- The weakest witness of whose a document is: of copies in several folders, that which was read.
{{ config(materialized='ephemeral') }}
with

divisions as (

    select * from {{ ref('administrative_divisions') }}

),

files as (

    {{ files_by_content() }}

),

folders as (

    select
        sha256,
        unnest(string_split(file_path, '/')[:-2]) as folder
    from files

),

-- 湖南 and 内蒙古 are as good as 湖南省 and 内蒙古自治区. Folders of two provinces say neither.
provinces as (

    select
        folders.sha256,
        min(divisions.code) as code,
        min(folders.folder) as folder
    from folders
    inner join divisions
        on
            divisions.level = 'province'
            and folders.folder in (
                divisions.name_zh,
                regexp_replace(
                    divisions.name_zh,
                    '(省|市|(壮族|回族|维吾尔)?自治区|特别行政区)$',
                    ''
                )
            )
    group by folders.sha256
    having count(distinct divisions.code) = 1

),

-- What is below it by its full name, where only one division there is called so.
below as (

    select
        folders.sha256,
        divisions.level,
        min(divisions.code) as code,
        min(folders.folder) as folder
    from folders
    inner join provinces on folders.sha256 = provinces.sha256
    inner join divisions
        on
            folders.folder = divisions.name_zh
            and divisions.level <> 'province'
            and left(divisions.code, 2) = left(provinces.code, 2)
    group by folders.sha256, divisions.level
    having count(distinct divisions.code) = 1

)

select
    provinces.sha256,
    coalesce(counties.code, prefectures.code, provinces.code) as region_code,
    'folder: ' || concat_ws('/', provinces.folder, prefectures.folder, counties.folder)
        as region_evidence
from provinces
left join below as prefectures
    on provinces.sha256 = prefectures.sha256 and prefectures.level = 'prefecture'
left join below as counties
    on provinces.sha256 = counties.sha256 and counties.level = 'county'
