-- Catches: a hard identity that no rounding explains, in a document whose print is certain
-- (Word: the XML is the print). The document contradicts itself; that is a finding, so it warns.
-- Lets pass: soft identities, copies that differ by one step, and PDFs without a second reading.
-- From: DESIGN, "Identities"; a discrepancy of the publisher must be listed, not stop the run.
{{ config(severity='warn') }}

select
    check_id,
    document_id,
    file_name,
    identity_id,
    scope_key,
    formula,
    left_yuan,
    right_yuan,
    difference_yuan,
    place
from {{ ref('fct_discrepancies') }}
where level = 'violation' and attribution = 'fails_in_source'
