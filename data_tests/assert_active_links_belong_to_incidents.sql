-- A link that is still active names an incident that still exists: one that was deleted at the source must have been
-- retired from the bridge.

select
    links.incident_service_key,
    links.incident_key,
    links.service_id
from {{ ref('bridge_ops__incident_service') }} as links
left join {{ ref('fct_ops__incidents') }} as incidents
    on links.incident_key = incidents.incident_key
where
    links.is_active
    and incidents.incident_key is null
