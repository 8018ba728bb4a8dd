{# Grants. A relation that is replaced keeps its grants only with `copy_grants`. #}

{% macro snowflake__copy_grants() %}
  {{ return(config.get('copy_grants', False)) }}
{% endmacro %}

{% macro snowflake__support_multiple_grantees_per_dcl_statement() -%}
  {{ return(False) }}
{%- endmacro %}
