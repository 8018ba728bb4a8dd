with source as (
    select * from {{ source('ai_telemetry', 'cli_assistant_usage') }}
),

renamed as (
    select
        -- -------- ids
        session_id::varchar as session_id,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- attributes
        client_version::varchar as client_version,
        try_cast(split_part(client_version, '.', 2) as integer) as client_minor_version,

        -- -------- measures
        request_count::integer as request_count,

        -- -------- timestamps
        started_at::timestamp_ntz as started_at,
        started_at::date as usage_date,

        -- -------- metadata
        _loaded_at::timestamp_ntz as _loaded_at
    from source
),

final as (
    select * from renamed
    where
        -- nobody's: a service account was at work
        engineer_key is not null
        -- a session that was opened and closed again used nothing
        and request_count > 0
)

select * from final
