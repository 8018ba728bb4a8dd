{# A view. Its columns are commented where it is created; only the view itself is left to comment. #}
{% materialization view, adapter='snowflake' -%}
  {% set original_query_tag = set_query_tag() %}
  {% set made = snowflake__create_or_replace_view() %}
  {% do persist_docs(this.incorporate(type='view'), model, for_columns=false) %}
  {% do unset_query_tag(original_query_tag) %}
  {% do return(made) %}
{%- endmaterialization %}
