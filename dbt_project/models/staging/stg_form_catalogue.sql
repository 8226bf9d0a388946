-- Grain: one row per form that the catalogue knows.
select
    form,
    kind,
    family,
    classification,
    basis,
    topic,
    layout,
    is_standard
from {{ source('staging', 'form_catalogue') }}
