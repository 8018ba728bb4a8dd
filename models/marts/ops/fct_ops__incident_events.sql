{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        snowflake_warehouse=dynamic_warehouse()
    )
}}

-- A log: a row is written once and never changed. A milestone whose time is corrected afterwards is logged again, so
-- the log says what was believed, and since when.

with incidents as (
    select * from {{ ref('int_ops__incidents_unioned') }}
),

unpivoted as (
    {% for milestone in incident_milestones() -%}
    select
        incident_key,
        workspace,
        '{{ milestone }}' as milestone,
        {{ loop.index }} as milestone_rank,
        {{ milestone }}_at as occurred_at
    from incidents
    where {{ milestone }}_at is not null
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

keyed as (
    select
        *,
        -- seconds since 1970 stand for the moment: a number has the same text everywhere
        {{ surrogate_key(['incident_key', 'milestone', "datediff(second, '1970-01-01'::timestamp_ntz, occurred_at)"]) }} as event_key
    from unpivoted
),

final as (
    select
        -- -------- ids
        keyed.event_key,
        keyed.incident_key,
        keyed.workspace,

        -- -------- attributes
        keyed.milestone::varchar as milestone,
        keyed.milestone_rank::integer as milestone_rank,

        -- -------- timestamps
        keyed.occurred_at,

        -- -------- metadata
        convert_timezone('UTC', current_timestamp())::timestamp_ntz as logged_at
    from keyed
    {% if is_incremental() -%}
    left join {{ this }} as logged
        on keyed.event_key = logged.event_key
    where logged.event_key is null
    {%- endif %}
)

select * from final
