-- Grain: one row per document, functional code and item of the state-capital form.
-- Total rows have no code.
{{ fund_form_facts('state_capital') }}
