with source as (
    select * from {{ source('ai_telemetry', 'ide_editor_daily') }}
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(['activity_date', 'user_email']) }} as editor_key,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- measures
        agent_requests::integer as request_count,
        lines_suggested::integer as lines_suggested,
        lines_accepted::integer as lines_accepted,

        -- -------- timestamps
        activity_date::date as usage_date,

        -- -------- metadata
        _loaded_at::timestamp_ntz as _loaded_at
    from source
),

final as (
    select * from renamed
    -- nobody's: a service account was at work
    where engineer_key is not null
)

select * from final
