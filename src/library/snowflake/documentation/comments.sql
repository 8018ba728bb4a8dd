{# Descriptions as comments. The text stands between `$$`, so a `$` within is written `[$]`. #}

{% macro snowflake__persist_docs(relation, model, for_relation, for_columns) -%}
  {% if for_relation and config.persist_relation_docs() and model.description %}
    {% do run_query(alter_relation_comment(relation, model.description)) %}
  {% endif %}
  {% if for_columns and config.persist_column_docs() and model.columns %}
    {% set comments = alter_column_comment(relation, model.columns) %}
    {% if comments | trim %}
      {% do run_query(comments) %}
    {% endif %}
  {% endif %}
{%- endmacro %}

{% macro snowflake__alter_relation_comment(relation, relation_comment) -%}
  {%- set comment = '$$' ~ relation_comment | replace('$', '[$]') ~ '$$' -%}
  {%- if relation.is_iceberg_format -%}
    alter iceberg table {{ relation.render() }} set comment = {{ comment }};
  {%- else -%}
    {%- set kind = 'dynamic table' if relation.is_dynamic_table else 'table' if relation.is_interactive_table else relation.type -%}
    comment on {{ kind }} {{ relation.render() }} IS {{ comment }};
  {%- endif -%}
{%- endmacro %}

{# Every column the table has is named, and one without a description loses the comment it had. #}
{% macro snowflake__alter_column_comment(relation, column_dict) -%}
    {%- set existing = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
    {%- set documented = validate_doc_columns(relation, column_dict, existing) -%}
    {%- set kind = 'table' if relation.is_dynamic_table or relation.is_interactive_table else relation.type -%}
    {%- set comments = [] -%}
    {%- for name in existing -%}
      {%- do comments.append(get_column_comment_sql(name, documented) | trim) -%}
    {%- endfor -%}
    alter {{ relation.get_ddl_prefix_for_alter() }} {{ kind }} {{ relation.render() }} alter
    {{ comments | join(',\n    ') }};
{%- endmacro %}

{# `( "ID" COMMENT $$...$$, ... )`: the column list of a view, the only place where its columns can be commented. #}
{% macro get_persist_docs_column_list(model_columns, query_columns) %}
  {%- set comments = [] -%}
  {%- for name in query_columns -%}
    {%- do comments.append(get_column_comment_sql(name, model_columns) | trim) -%}
  {%- endfor %}
(
  {{ comments | join(',\n  ') }}
)
{% endmacro %}

{# The warehouse names columns in upper case where yaml need not. #}
{% macro get_column_comment_sql(column_name, column_dict) -%}
  {%- set matches = [column_name | upper, column_name | lower, column_name] | select('in', column_dict) | list -%}
  {{ adapter.quote(column_name) }} COMMENT $${{ column_dict[matches[0]]['description'] | replace('$', '[$]') if matches }}$$
{%- endmacro %}
