{#
    The products of the shop, one row each. In the second load one in nine has a new price, one in 31 is withdrawn,
    one in 50 is gone from the replica altogether, and 40 are new.
#}
{% macro sample_ecommerce(load) -%}
    {% call sample_table('ecommerce', 'products') %}
with numbers as (
    {{ sample_numbers(640 if load > 1 else 600) }}
),

drawn as (
    select
        n,
        {{ sample_draw(301, 9000) }} as price_draw,
        {{ sample_draw(302, 500) }} as changed_day,
        {{ sample_draw(303, 6) }} as category_number,
        {{ sample_draw(304, 8) }} as adjective_number,
        {% if load > 1 -%}
        n < 600 and mod(n, 9) = 4 as has_new_price,
        n < 600 and mod(n, 31) = 7 as is_withdrawn
        {%- else -%}
        false as has_new_price,
        false as is_withdrawn
        {%- endif %}
    from numbers
)

select
    'prd-' || lpad(n::varchar, 5, '0') as product_id,
    {{ sample_word(['Plain', 'Heavy', 'Light', 'Folding', 'Striped', 'Classic', 'Compact', 'Woven'], 'adjective_number') }}
        || ' '
        || {{ sample_word(['lamp', 'chair', 'kettle', 'blanket', 'shelf', 'bowl'], 'category_number') }}
        || ' ' || n::varchar as product_name,
    {{ sample_word(['lighting', 'seating', 'kitchen', 'textiles', 'storage', 'tableware'], 'category_number') }} as category,
    ((500 + price_draw + iff(has_new_price, 150, 0)) / 100)::number(10, 2) as unit_price,
    'EUR' as currency_code,
    case
        when is_withdrawn then 'withdrawn'
        when mod(n, 23) = 3 then 'preorder'
        else 'on sale'
    end as status,
    {{ sample_moment('changed_day - 60', 28800) }} as created_at,
    iff(
        n >= 600 or has_new_price or is_withdrawn,
        {{ sample_moment(sample_days() ~ ' + mod(n, 5)', 32400) }},
        {{ sample_moment('changed_day', 32400) }}
    ) as updated_at,
    mod(n, 97) = 11 as _fivetran_deleted,
    {{ sample_loaded_at() }} as _fivetran_synced
from drawn
{% if load > 1 -%}
where mod(n, 50) <> 17
{% endif -%}
    {% endcall %}
{%- endmacro %}
