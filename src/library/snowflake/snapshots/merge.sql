{% macro snowflake__snapshot_merge_sql(target, source, insert_cols) %}
  {% do return(dagbook__snowflake_dml(default__snapshot_merge_sql(target, source, insert_cols), target)) %}
{% endmacro %}
