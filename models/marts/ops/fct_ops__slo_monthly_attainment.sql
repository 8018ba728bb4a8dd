with daily as (
    select * from {{ ref('int_ops__slo_daily') }}
),

slos as (
    select * from {{ ref('dim_ops__slos') }}
),

monthly as (
    select
        slo_id,
        subject_type,
        subject_id,
        date_trunc('month', measured_on)::date as measured_month,
        sum(good_events) as good_events,
        sum(bad_events) as bad_events,
        sum(total_events) as total_events,
        count(distinct measured_on) as measured_days
    from daily
    group by slo_id, subject_type, subject_id, date_trunc('month', measured_on)::date
),

budgeted as (
    select
        monthly.*,
        slos.slo_name,
        slos.objective,
        {{ safe_divide('monthly.good_events', 'monthly.total_events') }}::number(18, 6) as attainment,
        (monthly.total_events * slos.error_budget_share)::number(38, 2) as error_budget_events
    from monthly
    inner join slos
        on monthly.slo_id = slos.slo_id
),

spent as (
    select
        *,
        (attainment >= objective)::boolean as is_met,
        {{ safe_divide('bad_events', 'error_budget_events') }}::number(18, 4) as budget_spent_share,
        (error_budget_events - bad_events)::number(38, 2) as budget_remaining_events
    from budgeted
),

compared as (
    select
        *,
        lag(attainment) over (partition by slo_id, subject_id order by measured_month) as previous_attainment
    from spent
),

final as (
    select
        -- -------- ids
        {{ surrogate_key(['slo_id', 'subject_id', 'measured_month']) }} as slo_month_key,
        slo_id,
        subject_type,
        subject_id,

        -- -------- attributes
        slo_name,
        is_met,

        -- -------- measures
        good_events::integer as good_events,
        bad_events::integer as bad_events,
        total_events::integer as total_events,
        measured_days::integer as measured_days,
        objective,
        attainment,
        (attainment - previous_attainment)::number(18, 6) as attainment_change,
        error_budget_events,
        budget_spent_share,
        budget_remaining_events,

        -- -------- timestamps
        measured_month
    from compared
)

select * from final
