with source as (
    select * from {{ source('ai_telemetry', 'ide_assistant_events') }}
),

renamed as (
    select
        -- -------- ids
        event_id::varchar as event_id,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- attributes
        action::varchar as action,

        -- -------- measures
        coalesce(lines_accepted, 0)::integer as lines_accepted,
        -- null is kept: an old client reports no tokens, which is not the same as none
        total_tokens::integer as total_tokens,

        -- -------- timestamps
        occurred_at::timestamp_ntz as occurred_at,
        occurred_at::date as usage_date,

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
