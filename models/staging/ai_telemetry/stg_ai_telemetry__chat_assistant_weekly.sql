with source as (
    select * from {{ source('ai_telemetry', 'chat_assistant_weekly') }}
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(['week_start', 'user_email']) }} as report_key,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- measures
        conversation_count::integer as conversation_count,
        message_count::integer as message_count,
        coalesce(input_tokens, 0)::integer as input_tokens,
        coalesce(output_tokens, 0)::integer as output_tokens,
        (coalesce(input_tokens, 0) + coalesce(output_tokens, 0))::integer as total_tokens,

        -- -------- timestamps
        -- the report says no more than the week: all of it is dated by its Monday
        week_start::date as usage_date,

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
