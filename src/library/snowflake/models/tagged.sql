{# The default materializations, under the node's query tag. #}

{% materialization seed, adapter='snowflake' %}
  {{ return(dagbook__snowflake_tagged(materialization_seed_default)) }}
{% endmaterialization %}

{% materialization snapshot, adapter='snowflake' %}
  {{ return(dagbook__snowflake_tagged(materialization_snapshot_default)) }}
{% endmaterialization %}

{% materialization test, adapter='snowflake' %}
  {{ return(dagbook__snowflake_tagged(materialization_test_default)) }}
{% endmaterialization %}

{% macro dagbook__snowflake_tagged(materialize) %}
  {% set before = set_query_tag() %}
  {% set made = materialize() %}
  {% do unset_query_tag(before) %}
  {{ return(made) }}
{% endmacro %}
