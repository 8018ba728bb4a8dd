{#
    How the sample rows are drawn: numbered by a generator, then everything else by integer arithmetic on the number.
    No random function and no hash of the warehouse is used, so that any two warehouses hold the same rows.
#}


{# Days of business dates in the first load: 18 months. #}
{% macro sample_days() -%}
    {{ return(549) }}
{%- endmacro %}


{# Days of business dates up to the given load. #}
{% macro sample_days_until(load) -%}
    {{ return(sample_days() + (var('sample_data_next_days') if load > 1 else 0)) }}
{%- endmacro %}


{# Rows up to the given load, of a table that has so many in the first: the pace does not change. #}
{% macro sample_rows_until(load, first_load_rows) -%}
    {{ return((first_load_rows * sample_days_until(load) + sample_days() - 1) // sample_days()) }}
{%- endmacro %}


{# Rows numbered 0, 1, 2, ... in the column n. #}
{% macro sample_numbers(row_count) -%}
    select row_number() over (order by null) - 1 as n from table(generator(rowcount => {{ row_count }}))
{%- endmacro %}


{# A whole number out of a division, rounded down. In integers only: a decimal quotient is not the same everywhere. #}
{% macro sample_whole(dividend, divisor) -%}
    ((({{ dividend }}) - mod({{ dividend }}, {{ divisor }})) / ({{ divisor }}))::integer
{%- endmacro %}


{#
    A draw for a row: an integer from 0 up to, not including, `below`, spread evenly. Another salt is another draw.

    The square of a linear step, modulo the prime 2^31 - 1: all of it stays below 2^63.
#}
{% macro sample_draw(salt, below, number='n') -%}
    {%- set step -%} mod(({{ number }}) * 48271 + {{ salt * 7368787 + 9176 }}, 2147483647) {%- endset -%}
    mod(mod({{ step }} * {{ step }}, 2147483647), {{ below }})::integer
{%- endmacro %}


{# A draw that leans to the low numbers: half of all rows fall into the first quarter. From 0 up to, not including, `below`. #}
{% macro sample_skewed(salt, below, number='n') -%}
    {%- set even -%} {{ sample_draw(salt, 1000, number) }} {%- endset -%}
    {{ sample_whole(even ~ ' * ' ~ even ~ ' * ' ~ below, 1000000) }}
{%- endmacro %}


{# The day of a row, from 0, when rows are spread evenly over the first load. #}
{% macro sample_day_number(first_load_rows, number='n') -%}
    {{ sample_whole('(' ~ number ~ ') * ' ~ sample_days(), first_load_rows) }}
{%- endmacro %}


{# The date of a day number. #}
{% macro sample_date(day_number) -%}
    dateadd(day, {{ day_number }} - {{ sample_days() - 1 }}, '{{ var("sample_data_end") }}'::date)::date
{%- endmacro %}


{# A moment: seconds after the midnight that a day number begins with. #}
{% macro sample_moment(day_number, seconds) -%}
    dateadd(second, {{ seconds }}, {{ sample_date(day_number) }}::timestamp_ntz)::timestamp_ntz
{%- endmacro %}


{# One of a list of words, by an index from 0. #}
{% macro sample_word(words, index) -%}
    split_part('{{ words | join(",") }}', ',', ({{ index }}) + 1)
{%- endmacro %}


{#
    When a row was loaded: up to two hours before now, or `days_ago` days before that. UTC.
    The only part of the sample that follows the clock.
#}
{% macro sample_loaded_at(number='n', days_ago=0) -%}
    dateadd(
        minute,
        -(mod({{ number }}, 110) + 5 + {{ days_ago * 1440 }}),
        convert_timezone('UTC', current_timestamp())::timestamp_ntz
    )::timestamp_ntz
{%- endmacro %}
