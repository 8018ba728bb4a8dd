-- Built on the snapshot, so that a service which has left the catalog can still be named.

with versions as (
    select * from {{ ref('snp_service_catalog__service_ownership') }}
),

counted as (
    select
        service_id,
        sum(iff(dbt_is_deleted = 'False', 1, 0)) as version_count
    from versions
    group by service_id
),

final as (
    select
        -- -------- ids
        versions.service_id,

        -- -------- attributes
        versions.service_name,
        versions.service_tier,
        versions.owner_team,
        versions.on_call_rotation,
        versions.is_customer_facing,
        versions.repository_url,
        (versions.dbt_is_deleted = 'False')::boolean as is_in_catalog,

        -- -------- measures
        counted.version_count::integer as version_count,

        -- -------- timestamps
        versions.dbt_valid_from::timestamp_ntz as version_valid_from,
        versions.created_at
    from versions
    inner join counted
        on versions.service_id = counted.service_id
    where versions.dbt_valid_to is null
)

select * from final
