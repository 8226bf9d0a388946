-- Grain: one row per document, functional code and item of the government-fund form.
-- Total rows have no code.
{{ fund_form_facts('government_fund') }}
