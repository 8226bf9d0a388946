-- Catches: a line of the catalogue that would be ignored in silence: a term of an unknown identity,
-- an identity without a left side, an unknown word for side, requirement, severity or relation, and
-- a word that changes nothing where another is meant.
-- Lets pass: unknown selectors (the model that resolves terms stops at them) and unknown forms.
-- From: identities are data, and data has typing errors.
select
    terms.identity_id,
    'term of an unknown identity' as problem
from {{ ref('identity_terms') }} as terms
anti join {{ ref('identities') }} as identities on terms.identity_id = identities.identity_id
union all
select
    identities.identity_id,
    'no term on the left side' as problem
from {{ ref('identities') }} as identities
anti join {{ ref('identity_terms') }} as terms
    on identities.identity_id = terms.identity_id and terms.side = 'left'
where identities.family not in ('self_check', 'table', 'ratio', 'wording', 'cross_document')
union all
select
    identities.identity_id,
    'no term of this or none of another document' as problem
from {{ ref('identities') }} as identities
inner join {{ ref('cross_document_terms') }} as terms
    on identities.identity_id = terms.identity_id
group by identities.identity_id, terms.scope_key
having bool_and(terms.document = 'own') or bool_and(terms.document <> 'own')
union all
select
    identity_id,
    'unknown other document or requirement' as problem
from {{ ref('cross_document_terms') }}
where
    document not in ('own', 'prior_year', 'budget', 'units')
    or required not in ('amount', 'either')
union all
select
    counted.identity_id,
    'count of an unknown identity' as problem
from {{ ref('counted_expenses') }} as counted
anti join {{ ref('identities') }} as identities on counted.identity_id = identities.identity_id
union all
select
    listed.identity_id,
    'ratio of an unknown identity' as problem
from {{ ref('ratio_identities') }} as listed
anti join {{ ref('identities') }} as identities on listed.identity_id = identities.identity_id
union all
select
    identity_id,
    'unknown side, sign or requirement' as problem
from {{ ref('identity_terms') }}
where
    side not in ('left', 'right', 'when_zero', 'when_holds', 'may_exceed_by')
    or sign not in (1, -1)
    or required not in ('amount', 'row', 'form', 'no')
union all
select
    identity_id,
    'sign or requirement of a condition, which has neither' as problem
from {{ ref('identity_terms') }}
where side not in ('left', 'right') and (sign <> 1 or required <> 'no')
union all
select
    identity_id,
    'row required of the prose, whose statements are amounts' as problem
from {{ ref('identity_terms') }}
where contains(form, '.') and required = 'row'
union all
select
    identity_id,
    'what may exceed is told both of one scope and of all' as problem
from {{ ref('identity_terms') }}
where side = 'may_exceed_by'
group by identity_id
having bool_or(coalesce(scope_key, '') = '') and bool_or(coalesce(scope_key, '') <> '')
union all
select
    identity_id,
    'unknown severity, relation or document kind' as problem
from {{ ref('identities') }}
where
    severity not in ('hard', 'soft')
    or coalesce(relation, '') not in ('', '=', '<=', '>=', '~')
    or document_kind not in ('final_accounts', 'budget', 'any')
union all
select
    identity_id,
    'listed twice' as problem
from {{ ref('identities') }}
group by identity_id
having count(*) > 1
