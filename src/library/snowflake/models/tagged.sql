{# The default materializations, under the node's query tag. #}

{% materialization seed, adapter='snowflake' %}
  {% set original_query_tag = set_query_tag() %}
  {% set relations = materialization_seed_default() %}
  {% do unset_query_tag(original_query_tag) %}
  {{ return(relations) }}
{% endmaterialization %}

{% materialization snapshot, adapter='snowflake' %}
  {% set original_query_tag = set_query_tag() %}
  {% set relations = materialization_snapshot_default() %}
  {% do unset_query_tag(original_query_tag) %}
  {{ return(relations) }}
{% endmaterialization %}

{% materialization test, adapter='snowflake' %}
  {% set original_query_tag = set_query_tag() %}
  {% set relations = materialization_test_default() %}
  {% do unset_query_tag(original_query_tag) %}
  {{ return(relations) }}
{% endmaterialization %}
