with unioned as (
    {% for workspace in incident_workspaces() -%}
    select * from {{ ref('stg_incident_io__' ~ workspace ~ '__incidents') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

severities as (
    select * from {{ ref('severity_map') }}
),

ranked as (
    select
        unioned.*,
        coalesce(severities.severity, 'unranked')::varchar as severity,
        coalesce(severities.severity_rank, 9)::integer as severity_rank
    from unioned
    left join severities
        on
            unioned.workspace = severities.workspace
            and unioned.vendor_severity = severities.vendor_severity
),

measured as (
    select
        *,
        {{ minutes_between('impact_started_at', 'detected_at') }} as minutes_to_detect,
        {{ minutes_between('impact_started_at', 'reported_at') }} as minutes_to_report,
        {{ minutes_between('reported_at', 'stabilised_at') }} as minutes_to_stabilise,
        -- the impact ends with the fix; where there is none, once the service is stable again
        {{ minutes_between('impact_started_at', 'coalesce(fixed_at, stabilised_at)') }} as impact_duration_minutes,
        (
            coalesce(detected_at < impact_started_at, false)
            or coalesce(reported_at < detected_at, false)
            or coalesce(stabilised_at < reported_at, false)
        )::boolean as has_inconsistent_times
    from ranked
),

classified as (
    select
        *,
        {{ incident_temperature('minutes_to_report') }} as temperature
    from measured
),

final as (
    select
        -- -------- ids
        incident_key,
        incident_id,
        incident_reference,
        workspace,
        {%- for column in incident_roles().values() %}
        {{ column }}_engineer_key,
        {%- endfor %}

        -- -------- attributes
        incident_name,
        vendor_severity,
        severity,
        severity_rank,
        status,
        incident_type,
        is_private,
        temperature,
        has_inconsistent_times,
        affected_services,

        -- -------- measures
        minutes_to_detect,
        minutes_to_report,
        minutes_to_stabilise,
        impact_duration_minutes,

        -- -------- timestamps
        {%- for milestone in incident_milestones() %}
        {{ milestone }}_at,
        {%- endfor %}
        updated_at,

        -- -------- metadata
        _fivetran_synced
    from classified
)

select * from final
