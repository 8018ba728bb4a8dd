-- Where to look first: services by Hot incidents that they were part of, with their owners.

select
    services.service_name,
    services.service_tier,
    services.owner_team,
    count(*) as hot_incident_count,
    sum(iff(links.impact_level = 'outage', 1, 0)) as outage_count
from {{ ref('bridge_ops__incident_service') }} as links
inner join {{ ref('fct_ops__incidents') }} as incidents
    on links.incident_key = incidents.incident_key
inner join {{ ref('dim_ops__services') }} as services
    on links.service_id = services.service_id
where
    links.is_active
    and incidents.temperature = 'Hot'
group by
    services.service_name,
    services.service_tier,
    services.owner_team
order by hot_incident_count desc
limit 20
