{# The services by number, from 0. #}
{% macro sample_service_names() -%}
    {{ return([
        'checkout-api', 'payments-gateway', 'identity-provider', 'search-api', 'catalogue-api', 'cart-service',
        'order-service', 'inventory-service', 'pricing-engine', 'notification-hub', 'shipping-planner', 'web-frontend',
        'mobile-backend', 'recommendations', 'fraud-scoring', 'loyalty-service', 'returns-portal', 'media-store',
        'event-bus', 'feature-flags', 'data-platform', 'reporting-api', 'internal-wiki', 'build-farm',
    ]) }}
{%- endmacro %}


{% macro sample_service_id(service) -%}
    'svc-' || lpad(({{ service }})::varchar, 2, '0')
{%- endmacro %}


{#
    The catalog of services and who owns them. In the second load three services change hands, one is promoted a tier,
    and one is taken out of the catalog.
#}
{% macro sample_service_catalog(load) -%}
    {%- set names = sample_service_names() -%}
    {% call sample_table('service_catalog', 'services') %}
with numbers as (
    {{ sample_numbers(names | length) }}
)

select
    {{ sample_service_id('n') }} as service_id,
    {{ sample_word(names, 'n') }} as service_name,
    case
        {% if load > 1 -%}
        when n = 13 then 1
        {% endif -%}
        when n < 6 then 1
        when n < 16 then 2
        else 3
    end::integer as tier,
    {{ sample_word(
        ['checkout', 'payments', 'identity', 'search', 'catalogue', 'logistics', 'platform', 'data'],
        'mod(n' ~ (' + iff(mod(n, 9) = 4, 1, 0)' if load > 1 else '') ~ ', 8)'
    ) }} as owner_team,
    'rota-' || mod(n, 8)::varchar as on_call_rotation,
    n < 18 as is_customer_facing,
    'https://code.example.com/services/' || {{ sample_word(names, 'n') }} as repository_url,
    {{ sample_moment(-400 ~ ' + n * 7', 36000) }} as created_at,
    {% if load > 1 %}n = 22{% else %}false{% endif %} as _fivetran_deleted,
    {{ sample_loaded_at() }} as _fivetran_synced
from numbers
    {% endcall %}
{%- endmacro %}
