{# Where Snowflake's SQL differs from the default. #}

{% macro snowflake__current_timestamp() -%}
  convert_timezone('UTC', current_timestamp())
{%- endmacro %}

{% macro snowflake__snapshot_get_time() -%}
  to_timestamp_ntz({{ current_timestamp() }})
{%- endmacro %}

{% macro snowflake__snapshot_string_as_time(timestamp) -%}
  {{ return("to_timestamp_ntz('" ~ timestamp ~ "')") }}
{%- endmacro %}

{% macro snowflake__current_timestamp_backcompat() %}
  current_timestamp::{{ type_timestamp() }}
{% endmacro %}

{% macro snowflake__current_timestamp_in_utc_backcompat() %}
  convert_timezone('UTC', {{ snowflake__current_timestamp_backcompat() }})::{{ type_timestamp() }}
{% endmacro %}

{% macro snowflake__equals(expr1, expr2) -%}
{%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn %}
    ({{ expr1 }} IS NOT DISTINCT FROM {{ expr2 }})
{%- else -%}
    ({{ expr1 }} = {{ expr2 }})
{%- endif %}
{%- endmacro %}

{# The spatial types have functions of their own instead of a cast. #}
{% macro snowflake__cast(field, type) %}
    {% if type | upper in ('GEOGRAPHY', 'GEOMETRY') -%}
        to_{{ type | lower }}({{ field }})
    {% else -%}
        cast({{ field }} as {{ type }})
    {% endif -%}
{% endmacro %}

{# `try_cast` takes text only, and cannot give a variant. #}
{% macro snowflake__safe_cast(field, type) %}
    {% set kind = type | upper %}
    {%- if kind in ('GEOGRAPHY', 'GEOMETRY') -%}
        try_to_{{ type | lower }}({{ field }})
    {% elif kind == 'VARIANT' -%}
        {{ adapter.dispatch('cast', 'dbt')(field, type) }}
    {% else -%}
        {# a number is written as text first #}
        try_cast({{ dbt.string_literal(field) if field is number else field }} as {{ type }})
    {% endif -%}
{% endmacro %}

{# A backslash, not a second quote; Jinja wants it twice here. #}
{% macro snowflake__escape_single_quotes(expression) -%}
{{ expression | replace("'", "\\'") }}
{%- endmacro %}

{# Snowflake's own gives the whole text for a length of 0. #}
{% macro snowflake__right(string_text, length_expression) %}

    case when {{ length_expression }} = 0
        then ''
    else
        right(
            {{ string_text }},
            {{ length_expression }}
        )
    end

{%- endmacro %}

{% macro snowflake__bool_or(expression) -%}
    boolor_agg({{ expression }})
{%- endmacro %}

{% macro snowflake__array_construct(inputs, data_type) -%}
    array_construct( {{ inputs | join(' , ') }} )
{%- endmacro %}

{# An option of a statement, `name = value`, or nothing where there is no value. #}
{% macro optional(name, value, quote_char = '', equals_char = '= ') %}
  {%- if value is not none -%}
    {{ name }} {{ equals_char }}{{ quote_char }}{{ value }}{{ ')' if quote_char == '(' else quote_char }}
  {%- endif -%}
{% endmacro %}
