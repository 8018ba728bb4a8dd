{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='incident_service_key',
        on_schema_change='append_new_columns',
        snowflake_warehouse=dynamic_warehouse()
    )
}}

-- Many to many: an incident affects several services, a service has many incidents. Only links whose hashdiff is new
-- are merged, and a link that the incident no longer lists is kept, marked as no longer active.

with incidents as (
    select * from {{ ref('int_ops__incidents_unioned') }}
),

flattened as (
    select
        incidents.incident_key,
        incidents.workspace,
        incidents.updated_at,
        affected.value:service_id::varchar as service_id,
        affected.value:impact::varchar as impact_level,
        affected.index as list_position
    from incidents,
        lateral flatten(input => incidents.affected_services) as affected
),

deduplicated as (
    select * from flattened
    where service_id is not null
    -- a service that was listed twice counts once, as it was listed first
    qualify row_number() over (partition by incident_key, service_id order by list_position) = 1
),

linked as (
    select
        {{ surrogate_key(['incident_key', 'service_id']) }} as incident_service_key,
        incident_key,
        service_id,
        workspace,
        impact_level,
        (list_position = 0)::boolean as is_first_listed,
        true as is_active,
        updated_at
    from deduplicated
),

{% if is_incremental() -%}
existing as (
    select * from {{ this }}
),

retired as (
    select
        existing.incident_service_key,
        existing.incident_key,
        existing.service_id,
        existing.workspace,
        existing.impact_level,
        existing.is_first_listed,
        false as is_active,
        existing.updated_at
    from existing
    left join linked
        on existing.incident_service_key = linked.incident_service_key
    where
        linked.incident_service_key is null
        and existing.is_active
),
{%- endif %}

known as (
    select * from linked
    {% if is_incremental() -%}
    union all
    select * from retired
    {%- endif %}
),

hashed as (
    select
        *,
        {{ hashdiff(['impact_level', 'iff(is_first_listed, 1, 0)', 'iff(is_active, 1, 0)']) }} as hashdiff
    from known
),

final as (
    select
        -- -------- ids
        hashed.incident_service_key,
        hashed.incident_key,
        hashed.service_id,
        hashed.workspace,

        -- -------- attributes
        hashed.impact_level::varchar as impact_level,
        hashed.is_first_listed::boolean as is_first_listed,
        hashed.is_active::boolean as is_active,

        -- -------- timestamps
        hashed.updated_at,

        -- -------- metadata
        hashed.hashdiff
    from hashed
    {% if is_incremental() -%}
    left join existing
        on hashed.incident_service_key = existing.incident_service_key
    where
        existing.hashdiff is null
        or existing.hashdiff <> hashed.hashdiff
    {%- endif %}
)

select * from final
