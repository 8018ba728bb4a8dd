{{ config(materialized='ephemeral') }}

-- The response to incidents, as the same good and total events that services are measured by: an incident of the
-- severity that the objective is about is one event, and a good one if it took no longer than the threshold.

with incidents as (
    select * from {{ ref('int_ops__incidents_unioned') }}
    where status <> 'declined'
),

targets as (
    select * from {{ ref('slo_targets') }}
    where slo_type = 'response'
),

measured as (
    {% for indicator in ['minutes_to_report', 'minutes_to_stabilise'] -%}
    select
        incident_key,
        workspace,
        severity,
        reported_at::date as measured_on,
        '{{ indicator }}' as indicator,
        {{ indicator }} as minutes
    from incidents
    where {{ indicator }} is not null
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

judged as (
    select
        targets.slo_id,
        measured.workspace,
        measured.measured_on,
        iff(measured.minutes <= targets.threshold_minutes, 1, 0) as is_good
    from measured
    inner join targets
        on
            measured.indicator = targets.indicator
            and measured.severity = targets.scope
            and measured.measured_on >= targets.effective_from
),

final as (
    select
        slo_id,
        workspace,
        measured_on,
        sum(is_good)::integer as good_events,
        count(*)::integer as total_events
    from judged
    group by slo_id, workspace, measured_on
)

select * from final
