with source as (
    select * from {{ source('ai_telemetry', 'gateway_activity') }}
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(['activity_date', 'user_email', 'model_family']) }} as activity_key,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- attributes
        model_family::varchar as model_family,

        -- -------- measures
        request_count::integer as request_count,
        input_tokens::integer as input_tokens,
        output_tokens::integer as output_tokens,
        coalesce(cached_input_tokens, 0)::integer as cached_input_tokens,
        (input_tokens + output_tokens)::integer as total_tokens,

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
