{# `query_tag`: a label on every statement of a node, put back as it was when the node is done. #}

{# The tag before, or none where the node has none of its own. #}
{% macro set_query_tag() -%}
  {{ return(adapter.dispatch('set_query_tag', 'dbt')()) }}
{%- endmacro %}

{% macro snowflake__set_query_tag() -%}
  {% set tag = config.get('query_tag') %}
  {% if not tag %}
    {{ return(none) }}
  {% endif %}
  {% set before = get_current_query_tag() %}
  {% do log("query_tag is '" ~ tag ~ "' until this node is done; before it was '" ~ before ~ "'.") %}
  {% do run_query("alter session set query_tag = '" ~ tag ~ "'") %}
  {{ return(before) }}
{%- endmacro %}

{% macro unset_query_tag(original_query_tag) -%}
  {{ return(adapter.dispatch('unset_query_tag', 'dbt')(original_query_tag)) }}
{%- endmacro %}

{% macro snowflake__unset_query_tag(original_query_tag) -%}
  {% if config.get('query_tag') and original_query_tag %}
    {% do log("query_tag is '" ~ original_query_tag ~ "' again.") %}
    {% do run_query("alter session set query_tag = '" ~ original_query_tag ~ "'") %}
  {% elif config.get('query_tag') %}
    {% do log('query_tag is unset again.') %}
    {% do run_query('alter session unset query_tag') %}
  {% endif %}
{%- endmacro %}

{% macro get_current_query_tag() -%}
  {{ return(run_query("show parameters like 'query_tag' in session").rows[0]['value']) }}
{%- endmacro %}
