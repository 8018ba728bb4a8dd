with source as (
    select * from {{ source('ai_telemetry', 'llm_gateway_requests') }}
    -- the gateway delivers at least once
    qualify row_number() over (partition by request_id order by _loaded_at desc) = 1
),

renamed as (
    select
        -- -------- ids
        request_id::varchar as request_id,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- attributes
        model_name::varchar as model_name,
        route::varchar as route,
        status_code::integer as status_code,
        (status_code < 400)::boolean as is_successful,

        -- -------- measures
        coalesce(prompt_tokens, 0)::integer as prompt_tokens,
        coalesce(completion_tokens, 0)::integer as completion_tokens,
        (coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0))::integer as total_tokens,
        floor((end_time_unix_nano - start_time_unix_nano) / 1000000)::integer as duration_ms,

        -- -------- timestamps
        to_timestamp_ntz(start_time_unix_nano, 9)::timestamp_ntz as started_at,
        to_timestamp_ntz(end_time_unix_nano, 9)::timestamp_ntz as ended_at,

        -- -------- metadata
        _loaded_at::timestamp_ntz as _loaded_at
    from source
),

final as (
    select
        *,
        started_at::date as usage_date
    from renamed
    -- nobody's: a service account was at work
    where engineer_key is not null
)

select * from final
