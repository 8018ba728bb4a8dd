{{ config(severity='error', warn_if='> 0', error_if='> 100') }}

-- People fill in the times of an incident, and a few get them wrong. That is worth a warning, so that the owner of the
-- workspace hears of it; more than a few would mean that a mapping of ours is wrong.

select
    incident_key,
    workspace,
    impact_started_at,
    detected_at,
    reported_at,
    stabilised_at
from {{ ref('fct_ops__incidents') }}
where has_inconsistent_times
