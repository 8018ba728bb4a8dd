with targets as (
    select * from {{ ref('slo_targets') }}
),

final as (
    select
        -- -------- ids
        slo_id::varchar as slo_id,

        -- -------- attributes
        slo_type::varchar as slo_type,
        indicator::varchar as indicator,
        scope::varchar as scope,
        case
            when slo_type = 'service' then indicator || ' of ' || scope || ' services'
            else replace(indicator, '_', ' ') || ' within ' || threshold_minutes::varchar || ', ' || scope || ' incidents'
        end::varchar as slo_name,

        -- -------- measures
        objective::number(8, 6) as objective,
        (1 - objective)::number(8, 6) as error_budget_share,
        threshold_minutes::integer as threshold_minutes,

        -- -------- timestamps
        effective_from::date as effective_from
    from targets
)

select * from final
