with source as (
    select * from {{ source('service_catalog', 'services') }}
    where not coalesce(_fivetran_deleted, false)
),

renamed as (
    select
        -- -------- ids
        service_id::varchar as service_id,

        -- -------- attributes
        service_name::varchar as service_name,
        tier::integer as service_tier,
        owner_team::varchar as owner_team,
        on_call_rotation::varchar as on_call_rotation,
        is_customer_facing::boolean as is_customer_facing,
        repository_url::varchar as repository_url,

        -- -------- timestamps
        created_at::timestamp_ntz as created_at,

        -- -------- metadata
        _fivetran_synced::timestamp_ntz as _fivetran_synced
    from source
),

final as (
    select * from renamed
)

select * from final
