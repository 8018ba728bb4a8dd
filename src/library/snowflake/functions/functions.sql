{# User-defined functions. #}

{% macro snowflake__scalar_function_create_replace_signature_sql(target_relation) %}
  {{ dagbook__snowflake_scalar_signature(target_relation, 'SQL', formatted_scalar_function_args_sql()) }}
  AS
{% endmacro %}

{% macro snowflake__scalar_function_create_replace_signature_python(target_relation) %}
  {{ dagbook__snowflake_scalar_signature(target_relation, 'PYTHON', formatted_scalar_function_args_sql()) }}
  {{ get_function_python_options() }}
  AS
{% endmacro %}

{% macro snowflake__scalar_function_create_replace_signature_javascript(target_relation) %}
  {{ dagbook__snowflake_scalar_signature(target_relation, 'JAVASCRIPT', formatted_scalar_function_args_javascript()) }}
  AS
{% endmacro %}

{% macro dagbook__snowflake_scalar_signature(target_relation, language, arguments) %}
  CREATE OR REPLACE FUNCTION {{ target_relation.render() }} ({{ arguments }})
  RETURNS {{ model.returns.data_type }}
  LANGUAGE {{ language }}
  {{ scalar_function_volatility_sql() }}
{% endmacro %}

{% macro snowflake__scalar_function_python(target_relation) %}
  {{ snowflake__scalar_function_create_replace_signature_python(target_relation) }}
  {{ scalar_function_body_sql() }}
{% endmacro %}

{% macro snowflake__scalar_function_javascript(target_relation) %}
  {{ snowflake__scalar_function_create_replace_signature_javascript(target_relation) }}
  {{ scalar_function_body_sql() }}
{% endmacro %}

{# At the left edge, where Python wants it. #}
{% macro snowflake__scalar_function_body_sql() %}
    $$
{{ model.compiled_code }}
    $$
{% endmacro %}

{% macro snowflake__formatted_scalar_function_args_sql() %}
  {{ dagbook__snowflake_arguments(false) }}
{% endmacro %}

{# Quoted, because JavaScript minds the case of its names. #}
{% macro snowflake__formatted_scalar_function_args_javascript() %}
  {{ dagbook__snowflake_arguments(model.config.get('snowflake', {}).get('quote_args', true)) }}
{% endmacro %}

{% macro dagbook__snowflake_arguments(quotes) %}
  {%- for argument in model.arguments -%}
    {%- set default = argument.get('default_value', none) -%}
    {{ adapter.quote(argument.name) if quotes else argument.name }} {{ argument.data_type }}
    {{- ' DEFAULT ' ~ default if default != none }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{# No word for `stable`. #}
{% macro snowflake__scalar_function_volatility_sql() %}
  {{ dagbook__volatility({'deterministic': 'IMMUTABLE', 'non-deterministic': 'VOLATILE'}) }}
{% endmacro %}

{% macro snowflake__aggregate_function_python(target_relation) %}
  {{ get_aggregate_function_create_replace_signature(target_relation) }}
  {{ scalar_function_body_sql() }}
{% endmacro %}

{% macro snowflake__aggregate_function_javascript(target_relation) %}
  {% do exceptions.raise_compiler_error('Snowflake has no aggregate functions in JavaScript.') %}
{% endmacro %}
