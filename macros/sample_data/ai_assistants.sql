{# The two assistants: an agentic one in the terminal that counts only requests, and a chat reported by the week. #}
{% macro sample_ai_assistants(load) -%}
    {%- do sample_cli_assistant_usage(load) -%}
    {%- do sample_chat_assistant_weekly(load) -%}
{%- endmacro %}


{# cli_assistant_usage: one row a session. Its numbers come with no tokens at all. #}
{% macro sample_cli_assistant_usage(load) -%}
    {%- set first_load_rows = 60000 -%}
    {% call sample_table('ai_telemetry', 'cli_assistant_usage') %}
with numbers as (
    {{ sample_numbers(sample_rows_until(load, first_load_rows)) }}
),

drawn as (
    select
        n,
        {{ sample_day_number(first_load_rows) }} as day_number,
        {{ sample_draw(731, 1000) }} as growth_draw,
        {{ sample_draw(732, 1000) }} as weekend_draw,
        mod({{ sample_skewed(733, 280) }} * 3 + 1, {{ sample_people_count() }}) as person,
        {{ sample_draw(734, 50400) }} as second_of_work,
        {{ sample_skewed(735, 90) }} as requests_drawn,
        {{ sample_draw(736, 1000) }} as email_draw
    from numbers
),

used as (
    select *, {{ sample_email('person') }} as email
    from drawn
    where {{ sample_is_used('growth_draw', 'weekend_draw') }}
)

select
    'cli-' || lpad(n::varchar, 8, '0') as session_id,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    {{ sample_moment('day_number', '25200 + second_of_work') }} as started_at,
    iff(mod(n, 71) = 8, 0, 1 + requests_drawn)::integer as request_count,
    '2.' || mod({{ sample_whole('day_number', 30) }}, 20)::varchar || '.0' as client_version,
    {{ sample_loaded_at() }} as _loaded_at
from used
    {% endcall %}
{%- endmacro %}


{#
    chat_assistant_weekly: one row a week and person. The vendor sends it by file and is often late: in the first load
    the last file is nine days old, which source freshness warns of; the second load brings the missing week.
#}
{% macro sample_chat_assistant_weekly(load) -%}
    {%- set users = 260 -%}
    {%- set weeks = (sample_days_until(load) - (8 if load == 1 else 1)) // 7 -%}
    {% call sample_table('ai_telemetry', 'chat_assistant_weekly') %}
with numbers as (
    {{ sample_numbers(users * weeks) }}
),

drawn as (
    select
        n,
        {{ sample_whole('n', users) }} * 7 + 6 as day_number,
        mod(mod(n, {{ users }}) * 11 + 2, {{ sample_people_count() }}) as person,
        {{ sample_draw(741, 1000) }} as presence_draw,
        {{ sample_skewed(742, 200) }} as messages_drawn,
        {{ sample_draw(743, 900) }} as size_draw,
        {{ sample_draw(744, 1000) }} as email_draw
    from numbers
),

used as (
    select *, {{ sample_email('person') }} as email
    from drawn
    where presence_draw < 620
)

select
    date_trunc('week', {{ sample_date('day_number') }})::date as week_start,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    (1 + {{ sample_whole('messages_drawn', 6) }})::integer as conversation_count,
    (1 + messages_drawn)::integer as message_count,
    iff(mod(n, 53) = 20, null, (1 + messages_drawn) * (400 + size_draw))::integer as input_tokens,
    iff(mod(n, 53) = 20, null, (1 + messages_drawn) * (250 + mod(size_draw, 300)))::integer as output_tokens,
    {{ sample_loaded_at(days_ago=(9 if load == 1 else 0)) }} as _loaded_at
from used
    {% endcall %}
{%- endmacro %}
