{#
    Service level indicators: for each service, day and indicator, how many events there were and how many were good.
    A few days of each service are bad ones. The second load adds a week and corrects the last two days of the first,
    which were counted before all probes had reported.
#}
{% macro sample_monitoring(load) -%}
    {%- set services = sample_service_names() | length -%}
    {% call sample_table('monitoring', 'service_level_indicators') %}
with numbers as (
    {{ sample_numbers(services * 2 * sample_days_until(load)) }}
),

placed as (
    select
        n,
        mod(n, {{ services }})::integer as service,
        mod({{ sample_whole('n', services) }}, 2) as indicator_number,
        {{ sample_whole('n', services * 2) }} as day_number,
        {{ sample_draw(201, 1000) }} as volume_draw,
        {{ sample_draw(202, 1000) }} as noise_draw,
        {{ sample_draw(203, 1000) }} as outage_draw,
        {{ sample_draw(204, 1000) }} as probe_draw
    from numbers
),

counted as (
    select
        *,
        {{ sample_whole('(400000 - service * 15000) * (7000 + volume_draw * 6)', 10000) }}
            {%- if load == 1 %}
            - iff(day_number >= {{ sample_days() - 2 }}, 900 + service * 10, 0)
            {%- endif %} as total_events
    from placed
),

judged as (
    select
        *,
        -- bad events in 100,000: always a few, many on a bad day
        iff(indicator_number = 0, 15, 250) + {{ sample_whole('noise_draw * iff(indicator_number = 0, 60, 700)', 1000) }}
            + iff(outage_draw < 9, 400 + noise_draw * 3, 0) as bad_share
    from counted
)

select
    {{ sample_service_id('service') }} as service_id,
    iff(indicator_number = 0, 'availability', 'latency') as indicator,
    {{ sample_date('day_number') }} as measured_on,
    total_events::integer as total_events,
    (total_events - {{ sample_whole('total_events * bad_share', 100000) }})::integer as good_events,
    case when probe_draw < 12 then null when probe_draw < 500 then 'eu-north' else 'eu-south' end as probe_region,
    {{ sample_loaded_at() }} as _loaded_at
from judged
-- a probe that was switched off measured nothing that day
where probe_draw < 994
    {% endcall %}
{%- endmacro %}
