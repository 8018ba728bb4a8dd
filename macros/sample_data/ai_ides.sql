{# The tools in the editor: two that count accepted lines by the day, and one that reports events, some with tokens. #}
{% macro sample_ai_ides(load) -%}
    {%- do sample_ide_completion_daily(load) -%}
    {%- do sample_ide_editor_daily(load) -%}
    {%- do sample_ide_assistant_events(load) -%}
{%- endmacro %}


{# ide_completion_daily: one row a day, person and language; now and then a day is sent twice. #}
{% macro sample_ide_completion_daily(load) -%}
    {%- set users = 240 -%}
    {% call sample_table('ai_telemetry', 'ide_completion_daily') %}
with numbers as (
    {{ sample_numbers(users * sample_days_until(load)) }}
),

drawn as (
    select
        n,
        {{ sample_whole('n', users) }} as day_number,
        mod(n, {{ users }})::integer as person,
        {{ sample_draw(751, 1000) }} as growth_draw,
        {{ sample_draw(752, 1000) }} as weekend_draw,
        {{ sample_skewed(753, 260) }} as shown_drawn,
        {{ sample_draw(754, 100) }} as rate_draw,
        {{ sample_draw(755, 1000) }} as email_draw
    from numbers
),

used as (
    select *, {{ sample_email('person') }} as email
    from drawn
    where {{ sample_is_used('growth_draw', 'weekend_draw') }}
),

delivered as (
    select *, 0 as delivery from used
    union all
    select *, 1 as delivery from used where mod(n, 500) = 77
)

select
    {{ sample_date('day_number') }} as usage_date,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    {{ sample_word(['typescript', 'python', 'kotlin', 'sql', 'go'], 'mod(person + ' ~ sample_whole('n', 97) ~ ', 5)') }} as language,
    (5 + shown_drawn)::integer as suggestions_shown,
    {{ sample_whole('(5 + shown_drawn) * (15 + mod(rate_draw, 25))', 100) }} as suggestions_accepted,
    iff(
        mod(n, 83) = 6,
        null,
        {{ sample_whole('(5 + shown_drawn) * (15 + mod(rate_draw, 25)) * 3', 100) }}
    )::integer as lines_accepted,
    {{ sample_loaded_at('n + delivery * 31') }} as _loaded_at
from delivered
    {% endcall %}
{%- endmacro %}


{# ide_editor_daily: one row a day and person. Nobody used it in the first half year; then whole teams moved to it. #}
{% macro sample_ide_editor_daily(load) -%}
    {%- set users = 130 -%}
    {% call sample_table('ai_telemetry', 'ide_editor_daily') %}
with numbers as (
    {{ sample_numbers(users * sample_days_until(load)) }}
),

drawn as (
    select
        n,
        {{ sample_whole('n', users) }} as day_number,
        mod(mod(n, {{ users }}) * 2 + 90, {{ sample_people_count() }}) as person,
        {{ sample_draw(761, 1000) }} as growth_draw,
        {{ sample_draw(762, 1000) }} as weekend_draw,
        {{ sample_skewed(763, 420) }} as lines_drawn,
        {{ sample_skewed(764, 80) }} as requests_drawn,
        {{ sample_draw(765, 1000) }} as email_draw
    from numbers
),

used as (
    select *, {{ sample_email('person') }} as email
    from drawn
    where
        day_number >= 180
        and {{ sample_is_used('growth_draw', 'weekend_draw') }}
)

select
    {{ sample_date('day_number') }} as activity_date,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    (1 + requests_drawn)::integer as agent_requests,
    lines_drawn::integer as lines_suggested,
    {{ sample_whole('lines_drawn * (40 + mod(n, 40))', 100) }} as lines_accepted,
    {{ sample_loaded_at() }} as _loaded_at
from used
    {% endcall %}
{%- endmacro %}


{#
    ide_assistant_events: one row an action. The token count was added to the events in the tenth month, and older
    clients still send none.
#}
{% macro sample_ide_assistant_events(load) -%}
    {%- set first_load_rows = 150000 -%}
    {% call sample_table('ai_telemetry', 'ide_assistant_events') %}
with numbers as (
    {{ sample_numbers(sample_rows_until(load, first_load_rows)) }}
),

drawn as (
    select
        n,
        {{ sample_day_number(first_load_rows) }} as day_number,
        {{ sample_draw(771, 1000) }} as growth_draw,
        {{ sample_draw(772, 1000) }} as weekend_draw,
        mod({{ sample_skewed(773, 220) }} + 150, {{ sample_people_count() }}) as person,
        {{ sample_draw(774, 36000) }} as second_of_work,
        {{ sample_skewed(775, 90) }} as lines_drawn,
        {{ sample_skewed(776, 6000) }} as token_draw,
        {{ sample_draw(777, 1000) }} as email_draw
    from numbers
),

used as (
    select *, {{ sample_email('person') }} as email
    from drawn
    where {{ sample_is_used('growth_draw', 'weekend_draw') }}
)

select
    'evt-' || lpad(n::varchar, 9, '0') as event_id,
    {{ sample_reported_email('email', 'email_draw') }} as user_email,
    {{ sample_word(['explain', 'edit', 'generate', 'review', 'test'], 'mod(n * n + lines_drawn, 5)') }} as action,
    {{ sample_moment('day_number', '28800 + second_of_work') }} as occurred_at,
    iff(mod(n, 3) = 0, null, lines_drawn)::integer as lines_accepted,
    iff(day_number < 280 or mod(n, 4) = 1, null, 200 + token_draw)::integer as total_tokens,
    {{ sample_loaded_at() }} as _loaded_at
from used
    {% endcall %}
{%- endmacro %}
