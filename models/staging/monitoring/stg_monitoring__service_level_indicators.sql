with source as (
    select * from {{ source('monitoring', 'service_level_indicators') }}
),

renamed as (
    select
        -- -------- ids
        {{ surrogate_key(['service_id', 'indicator', 'measured_on']) }} as indicator_key,
        service_id::varchar as service_id,

        -- -------- attributes
        indicator::varchar as indicator,
        coalesce(probe_region, 'unknown')::varchar as probe_region,

        -- -------- measures
        total_events::integer as total_events,
        good_events::integer as good_events,

        -- -------- timestamps
        measured_on::date as measured_on,

        -- -------- metadata
        _loaded_at::timestamp_ntz as _loaded_at
    from source
),

final as (
    select * from renamed
)

select * from final
