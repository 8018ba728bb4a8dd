-- The parts of an error budget belong together: events are good or bad, and a met objective leaves budget over
-- (attainment is rounded to six decimals, and so is the comparison).

select
    slo_month_key,
    good_events,
    bad_events,
    total_events,
    error_budget_events,
    budget_remaining_events,
    is_met
from {{ ref('fct_ops__slo_monthly_attainment') }}
where
    good_events + bad_events <> total_events
    or (is_met and budget_remaining_events < -0.00001 * total_events - 0.01)
    or (not is_met and budget_remaining_events > 0.00001 * total_events + 0.01)
