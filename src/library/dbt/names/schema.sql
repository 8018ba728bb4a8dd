{# Which schema a node lands in. Projects override `generate_schema_name` more than any other macro. #}

{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
  {{ return(adapter.dispatch('generate_schema_name', 'dbt')(custom_schema_name, node)) }}
{%- endmacro %}

{% macro default__generate_schema_name(custom_schema_name, node) -%}
  {{ target.schema }}{% if custom_schema_name is not none %}_{{ custom_schema_name | trim }}{% endif %}
{%- endmacro %}

{# Custom schemas in production only; everybody else keeps to the schema of the target. #}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
  {%- set is_custom = target.name == 'prod' and custom_schema_name is not none -%}
  {{ custom_schema_name | trim if is_custom else target.schema }}
{%- endmacro %}
