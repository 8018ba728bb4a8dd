{#
    The two gateways: one that reports every request, with times in nanoseconds since 1970, and one that reports a day's
    activity of a person and model family.

    People come to them over the 18 months, work at weekends only a little, and a few use them far more than the rest.
#}
{% macro sample_ai_gateways(load) -%}
    {%- do sample_llm_gateway_requests(load) -%}
    {%- do sample_gateway_activity(load) -%}
{%- endmacro %}


{# True for a row to keep: use grows from a third to all of the drawn rows, and most weekend rows are dropped. #}
{% macro sample_is_used(growth_draw, weekend_draw) -%}
    {{ growth_draw }} * {{ sample_days() }} < 330 * {{ sample_days() }} + 670 * day_number
    and (dayofweekiso({{ sample_date('day_number') }}) < 6 or {{ weekend_draw }} < 130)
{%- endmacro %}


{#
    llm_gateway_requests: one row a request, the biggest table. A request in 400 is delivered twice. The second load
    also brings requests of the last three days that were late, and the token counts that were missing on them.
#}
{% macro sample_llm_gateway_requests(load) -%}
    {%- set first_load_rows = 960000 -%}
    {% call sample_table('ai_telemetry', 'llm_gateway_requests') %}
with numbers as (
    {{ sample_numbers(sample_rows_until(load, first_load_rows)) }}
),

drawn as (
    select
        n,
        {{ sample_day_number(first_load_rows) }} as day_number,
        {{ sample_draw(701, 1000) }} as growth_draw,
        {{ sample_draw(702, 1000) }} as weekend_draw,
        {{ sample_skewed(703, sample_people_count()) }} as person,
        {{ sample_draw(704, 43200) }} as second_of_work,
        {{ sample_skewed(705, 40000) }} as milliseconds,
        {{ sample_skewed(706, 24000) }} as prompt_size,
        {{ sample_skewed(707, 3000) }} as completion_size,
        {{ sample_draw(708, 1000) }} as model_draw,
        {{ sample_draw(709, 1000) }} as status_draw,
        {{ sample_draw(710, 1000) }} as email_draw
    from numbers
),

used as (
    select
        *,
        {{ sample_email('person') }} as email,
        -- seconds since 1970 of the request
        datediff(second, '1970-01-01'::timestamp_ntz, {{ sample_moment('day_number', '25200 + second_of_work') }}) as started_second
    from drawn
    where
        {{ sample_is_used('growth_draw', 'weekend_draw') }}
        {%- if load == 1 %}
        -- late: these are only seen in the second load
        and not (day_number >= {{ sample_days() - 3 }} and mod(n, 20) = 9)
        {%- endif %}
),

delivered as (
    select *, 0 as delivery from used
    union all
    select *, 1 as delivery from used where mod(n, 400) = 123
)

select
    'req-' || lpad(n::varchar, 9, '0') as request_id,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    case
        when model_draw < 520 then 'large-2'
        when model_draw < 700 then 'large-1'
        when model_draw < 930 then 'small-2'
        else 'embed-1'
    end as model_name,
    case when mod(n, 3) = 0 then 'ci' when mod(n, 7) < 4 then 'editor' else 'script' end as route,
    (started_second * 1000000000 + mod(n * 48271, 1000000000))::number(38, 0) as start_time_unix_nano,
    (started_second * 1000000000 + mod(n * 48271, 1000000000) + (milliseconds + 80) * 1000000)::number(38, 0) as end_time_unix_nano,
    case
        when status_draw < 18 then 429
        when status_draw < 26 then 500
        else 200
    end::integer as status_code,
    case
        when status_draw < 26 then null
        {% if load == 1 -%}
        when day_number >= {{ sample_days() - 3 }} and mod(n, 33) = 2 then null
        {% endif -%}
        else 120 + prompt_size
    end::integer as prompt_tokens,
    case
        when status_draw < 26 then null
        when model_draw >= 930 then 0
        else 20 + completion_size
    end::integer as completion_tokens,
    {{ sample_loaded_at('n + delivery * 13') }} as _loaded_at
from delivered
    {% endcall %}
{%- endmacro %}


{#
    gateway_activity: one row a day, person and model family. The vendor restates a day until two days later; the
    second load brings the restated counts of the last two days of the first.
#}
{% macro sample_gateway_activity(load) -%}
    {%- set users = 160 -%}
    {% call sample_table('ai_telemetry', 'gateway_activity') %}
with numbers as (
    {{ sample_numbers(users * 2 * sample_days_until(load)) }}
),

drawn as (
    select
        n,
        {{ sample_whole('n', users * 2) }} as day_number,
        mod(mod(n, {{ users }}) * 13 + 3, {{ sample_people_count() }}) as person,
        mod({{ sample_whole('n', users) }}, 2) as family_number,
        {{ sample_draw(721, 1000) }} as growth_draw,
        {{ sample_draw(722, 1000) }} as weekend_draw,
        {{ sample_draw(723, 1000) }} as presence_draw,
        {{ sample_skewed(724, 60) }} as requests_drawn,
        {{ sample_draw(725, 5000) }} as size_draw,
        {{ sample_draw(726, 1000) }} as email_draw
    from numbers
),

used as (
    select
        *,
        {{ sample_email('person') }} as email,
        1 + requests_drawn
            {%- if load == 1 %} - iff(day_number >= {{ sample_days() - 2 }}, mod(requests_drawn, 3), 0){% endif %} as requests
    from drawn
    where
        {{ sample_is_used('growth_draw', 'weekend_draw') }}
        and presence_draw < 480
)

select
    {{ sample_date('day_number') }} as activity_date,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    iff(family_number = 0, 'large', 'small') as model_family,
    requests::integer as request_count,
    (requests * (900 + size_draw))::integer as input_tokens,
    (requests * (150 + mod(size_draw, 700)))::integer as output_tokens,
    iff(mod(n, 4) = 0, null, requests * 300)::integer as cached_input_tokens,
    {{ sample_loaded_at() }} as _loaded_at
from used
    {% endcall %}
{%- endmacro %}
