{# Python models. Nothing here runs Python, so what would be written around a model's code says that instead. #}

{% macro resolve_model_name(input_model_name) %}
  {{ return(adapter.dispatch('resolve_model_name', 'dbt')(input_model_name)) }}
{% endmacro %}

{# As it can stand in a Python text. #}
{% macro default__resolve_model_name(input_model_name) -%}
  {{ input_model_name | string | replace('"', '\"') }}
{%- endmacro %}

{% macro py_script_postfix(model) %}
  {% do dagbook__no_python(model) %}
{% endmacro %}

{% macro build_ref_function(model) %}
  {% do dagbook__no_python(model) %}
{% endmacro %}

{% macro build_source_function(model) %}
  {% do dagbook__no_python(model) %}
{% endmacro %}

{% macro build_config_dict(model) %}
  {% do dagbook__no_python(model) %}
{% endmacro %}

{# For projects: a comment at the end of the script. #}
{% macro py_script_comment() %}
{% endmacro %}

{% macro dagbook__no_python(model) %}
  {% do exceptions.raise_compiler_error('Python models are not run here: `' ~ model.name ~ '` is one. Leave it out of the selection, or run it with dbt.') %}
{% endmacro %}
