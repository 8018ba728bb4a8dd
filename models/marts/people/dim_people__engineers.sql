with engineers as (
    select * from {{ ref('stg_people__engineers') }}
),

final as (
    select
        -- -------- ids
        engineer_key,
        engineer_id,

        -- -------- attributes
        team,
        discipline,
        seniority,
        country_code,
        (left_on is null)::boolean as is_employed,

        -- -------- timestamps
        started_on,
        left_on
    from engineers
)

select * from final
