-- Company C never configured a moment of the fix: fixed_at is always null.

with source_incident as (
    select * from {{ source('incident_io__companyc', 'incident') }}
    -- an interrupted sync leaves older copies of a row behind
    qualify row_number() over (partition by id order by updated_at desc, _fivetran_synced desc) = 1
),

source_times as (
    select
        incident_id,
        impact_started_at,
        detected_at,
        reported_at,
        stabilised_at,
        closed_at
    from {{ source('incident_io__companyc', 'incident_times') }}
    where not coalesce(_fivetran_deleted, false)
),

source_roles as (
    select * from {{ source('incident_io__companyc', 'roles') }}
    where not coalesce(_fivetran_deleted, false)
    -- a role that was handed over belongs to whoever holds it last
    qualify row_number() over (partition by incident_id, role_name order by assigned_at desc, id) = 1
),

roles as (
    select
        incident_id
        {%- for role_name, column in incident_roles().items() %},
        max(iff(role_name = '{{ role_name }}', assignee_email, null)) as {{ column }}_email
        {%- endfor %}
    from source_roles
    group by incident_id
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(["'companyc'", 'incident.id']) }} as incident_key,
        incident.id::varchar as incident_id,
        incident.reference::varchar as incident_reference,
        'companyc'::varchar as workspace,
        {%- for column in incident_roles().values() %}
        {{ hash_pii('roles.' ~ column ~ '_email') }} as {{ column }}_engineer_key,
        {%- endfor %}

        -- -------- attributes
        incident.name::varchar as incident_name,
        incident.severity_name::varchar as vendor_severity,
        lower(incident.status_category)::varchar as status,
        lower(incident.incident_type)::varchar as incident_type,
        (incident.visibility = 'private')::boolean as is_private,
        incident.affected_services::variant as affected_services,

        -- -------- timestamps
        times.impact_started_at::timestamp_ntz as impact_started_at,
        times.detected_at::timestamp_ntz as detected_at,
        times.reported_at::timestamp_ntz as reported_at,
        times.stabilised_at::timestamp_ntz as stabilised_at,
        null::timestamp_ntz as fixed_at,
        times.closed_at::timestamp_ntz as closed_at,
        incident.updated_at::timestamp_ntz as updated_at,

        -- -------- metadata
        incident._fivetran_synced::timestamp_ntz as _fivetran_synced
    from source_incident as incident
    left join source_times as times
        on incident.id = times.incident_id
    left join roles
        on incident.id = roles.incident_id
    where not coalesce(incident._fivetran_deleted, false)
),

final as (
    select * from renamed
    -- drills are practised on the real system, and are no incidents
    where incident_type <> 'drill'
)

select * from final
