{{
    config(
        cluster_by=['reported_on', 'workspace'],
        snowflake_warehouse=dynamic_warehouse()
    )
}}

with incidents as (
    select * from {{ ref('int_ops__incidents_unioned') }}
),

final as (
    select
        -- -------- ids
        incident_key,
        incident_id,
        incident_reference,
        workspace,
        lead_engineer_key,
        communications_lead_engineer_key,

        -- -------- attributes
        -- what is private stays with the company that it happened to
        iff(is_private, 'private incident', incident_name)::varchar as incident_name,
        severity,
        severity_rank,
        status,
        incident_type,
        temperature,
        is_private,
        has_inconsistent_times,

        -- -------- measures
        coalesce(array_size(affected_services), 0)::integer as listed_service_count,
        minutes_to_detect,
        minutes_to_report,
        minutes_to_stabilise,
        impact_duration_minutes,

        -- -------- timestamps
        {%- for milestone in incident_milestones() %}
        {{ milestone }}_at,
        {%- endfor %}
        reported_at::date as reported_on,
        date_trunc('month', reported_at)::date as reported_month,
        updated_at
    from incidents
)

select * from final
