with versions as (
    select * from {{ ref('snp_ecommerce__products') }}
),

products as (
    select * from {{ ref('stg_ecommerce__products') }}
),

ordered as (
    select
        *,
        row_number() over (partition by product_id order by dbt_valid_from) as version_number,
        lag(unit_price) over (partition by product_id order by dbt_valid_from) as previous_price
    from versions
),

final as (
    select
        -- -------- ids
        ordered.dbt_scd_id::varchar as product_version_key,
        ordered.product_id::varchar as product_id,

        -- -------- attributes
        ordered.product_name::varchar as product_name,
        ordered.category::varchar as category,
        ordered.status::varchar as status,
        ordered.currency_code::varchar(3) as currency_code,
        (ordered.dbt_valid_to is null)::boolean as is_current,
        (products.product_id is not null)::boolean as is_listed,

        -- -------- measures
        ordered.version_number::integer as version_number,
        ordered.unit_price::number(10, 2) as unit_price,
        (ordered.unit_price - ordered.previous_price)::number(10, 2) as price_change,

        -- -------- timestamps
        ordered.dbt_valid_from::timestamp_ntz as valid_from,
        ordered.dbt_valid_to::timestamp_ntz as valid_to
    from ordered
    left join products
        on ordered.product_id = products.product_id
)

select * from final
