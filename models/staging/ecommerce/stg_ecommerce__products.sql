with source as (
    select * from {{ source('ecommerce', 'products') }}
    where not coalesce(_fivetran_deleted, false)
),

renamed as (
    select
        -- -------- ids
        product_id::varchar as product_id,

        -- -------- attributes
        product_name::varchar as product_name,
        category::varchar as category,
        status::varchar as status,
        currency_code::varchar(3) as currency_code,

        -- -------- measures
        unit_price::number(10, 2) as unit_price,

        -- -------- timestamps
        created_at::timestamp_ntz as created_at,
        updated_at::timestamp_ntz as updated_at,

        -- -------- metadata
        _fivetran_synced::timestamp_ntz as _fivetran_synced
    from source
),

final as (
    select * from renamed
)

select * from final
