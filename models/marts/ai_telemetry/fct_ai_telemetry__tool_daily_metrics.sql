{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='tool_daily_key',
        incremental_predicates=['DBT_INTERNAL_DEST.usage_date = DBT_INTERNAL_SOURCE.usage_date'],
        on_schema_change='append_new_columns',
        cluster_by=['usage_date', 'tool'],
        snowflake_warehouse=dynamic_warehouse()
    )
}}

-- The predicate lets the merge skip every partition without a day of this run. It compares the two days, which the
-- key determines; a window that is counted from today would insert old days twice whenever a run came late.

with daily as (
    select * from {{ ref('int_ai_telemetry__tool_daily_metrics') }}
    {% if is_incremental() -%}
    where usage_date >= (
        select dateadd(day, -{{ var('telemetry_lookback_days') }}, max(usage_date)) from {{ this }}
    )
    {%- endif %}
),

engineers as (
    select * from {{ ref('dim_people__engineers') }}
),

final as (
    select
        -- -------- ids
        daily.tool_daily_key,
        daily.engineer_key,

        -- -------- attributes
        daily.tool,
        daily.tool_category,
        coalesce(engineers.team, 'unknown')::varchar as team,
        (engineers.engineer_key is not null)::boolean as is_known_engineer,
        daily.is_token_estimate,

        -- -------- measures
        daily.request_count,
        daily.lines_accepted,
        daily.reported_tokens,
        daily.estimated_tokens,
        daily.total_tokens,
        {{ safe_divide('daily.total_tokens', 'daily.request_count') }}::number(38, 2) as tokens_per_request,

        -- -------- timestamps
        daily.usage_date,
        date_trunc('week', daily.usage_date)::date as usage_week
    from daily
    left join engineers
        on daily.engineer_key = engineers.engineer_key
)

select * from final
