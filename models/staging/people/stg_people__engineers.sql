with source as (
    select * from {{ source('people', 'engineers') }}
),

renamed as (
    select
        -- -------- ids
        engineer_id::varchar as engineer_id,
        {{ hash_pii('email') }} as engineer_key,

        -- -------- attributes
        team::varchar as team,
        discipline::varchar as discipline,
        seniority::varchar as seniority,
        country_code::varchar(2) as country_code,

        -- -------- timestamps
        started_on::date as started_on,
        left_on::date as left_on,

        -- -------- metadata
        _loaded_at::timestamp_ntz as _loaded_at
    from source
),

final as (
    select * from renamed
)

select * from final
