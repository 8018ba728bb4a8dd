{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='measured_on',
        on_schema_change='append_new_columns',
        cluster_by=['measured_on'],
        snowflake_warehouse=dynamic_warehouse()
    )
}}

-- Whole days are replaced: probes correct their counts for a while, and an incident that is stabilised late belongs to
-- the day on which it was reported.

with targets as (
    select * from {{ ref('slo_targets') }}
),

services as (
    -- the snapshot also knows the tier of a service that has left the catalog
    select * from {{ ref('snp_service_catalog__service_ownership') }}
    where dbt_valid_to is null
),

service_indicators as (
    select * from {{ ref('stg_monitoring__service_level_indicators') }}
),

response_indicators as (
    select * from {{ ref('int_ops__incident_response_indicators') }}
),

service_days as (
    select
        targets.slo_id,
        'service' as subject_type,
        service_indicators.service_id as subject_id,
        service_indicators.measured_on,
        service_indicators.good_events,
        service_indicators.total_events
    from service_indicators
    inner join services
        on service_indicators.service_id = services.service_id
    inner join targets
        on
            targets.slo_type = 'service'
            and service_indicators.indicator = targets.indicator
            and 'tier-' || services.service_tier::varchar = targets.scope
            and service_indicators.measured_on >= targets.effective_from
),

response_days as (
    select
        slo_id,
        'workspace' as subject_type,
        workspace as subject_id,
        measured_on,
        good_events,
        total_events
    from response_indicators
),

unioned as (
    select * from service_days
    union all
    select * from response_days
),

final as (
    select
        -- -------- ids
        {{ surrogate_key(['slo_id', 'subject_id', 'measured_on']) }} as slo_day_key,
        slo_id::varchar as slo_id,
        subject_type::varchar as subject_type,
        subject_id::varchar as subject_id,

        -- -------- measures
        good_events::integer as good_events,
        (total_events - good_events)::integer as bad_events,
        total_events::integer as total_events,

        -- -------- timestamps
        measured_on::date as measured_on
    from unioned
    {% if is_incremental() -%}
    where measured_on >= (
        select dateadd(day, -{{ var('slo_lookback_days') }}, max(measured_on)) from {{ this }}
    )
    {%- endif %}
)

select * from final
