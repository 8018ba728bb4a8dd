with source as (
    select * from {{ source('ai_telemetry', 'ide_completion_daily') }}
    -- now and then the vendor sends a day twice
    qualify row_number() over (partition by usage_date, user_email, language order by _loaded_at desc) = 1
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(['usage_date', 'user_email', 'language']) }} as completion_key,
        {{ hash_pii('user_email') }} as engineer_key,

        -- -------- attributes
        language::varchar as language,

        -- -------- measures
        suggestions_shown::integer as suggestions_shown,
        suggestions_accepted::integer as suggestions_accepted,
        coalesce(lines_accepted, 0)::integer as lines_accepted,
        {{ safe_divide('suggestions_accepted', 'suggestions_shown') }}::number(18, 4) as acceptance_rate,

        -- -------- timestamps
        usage_date::date as usage_date,

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
