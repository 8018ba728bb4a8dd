{# Descriptions, written to the warehouse as comments. #}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) -%}
  {{ return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) }}
{%- endmacro %}

{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}
  {% if for_relation and config.persist_relation_docs() and model.description %}
    {% do run_query(alter_relation_comment(relation, model.description)) %}
  {% endif %}
  {% if for_columns and config.persist_column_docs() and model.columns %}
    {% set existing = adapter.get_columns_in_relation(relation) | map(attribute='name') | list %}
    {% set comments = alter_column_comment(relation, validate_doc_columns(relation, model.columns, existing)) %}
    {% if comments | trim %}
      {% do run_query(comments) %}
    {% endif %}
  {% endif %}
{%- endmacro %}

{# The documented columns that exist; a warning names the others. Case counts only for quoted names. #}
{% macro validate_doc_columns(relation, column_dict, existing_column_names) %}
  {% set folded = existing_column_names | map('lower') | list %}
  {% set present, absent = {}, [] %}
  {% for name, column in column_dict.items() %}
    {% set exists = name in existing_column_names if column['quote'] else name | lower in folded %}
    {% if exists %}
      {% do present.update({name: column}) %}
    {% else %}
      {% do absent.append(name) %}
    {% endif %}
  {% endfor %}
  {% if absent %}
    {% do exceptions.warn('Documented, but not columns of ' ~ relation.render() ~ ': ' ~ absent | join(', ')) %}
  {% endif %}
  {{ return(present) }}
{% endmacro %}

{% macro alter_relation_comment(relation, relation_comment) -%}
  {{ return(adapter.dispatch('alter_relation_comment', 'dbt')(relation, relation_comment)) }}
{%- endmacro %}

{% macro default__alter_relation_comment(relation, relation_comment) -%}
  {% do dagbook__adapter_lacks('alter_relation_comment') %}
{%- endmacro %}

{% macro alter_column_comment(relation, column_dict) -%}
  {{ return(adapter.dispatch('alter_column_comment', 'dbt')(relation, column_dict)) }}
{%- endmacro %}

{% macro default__alter_column_comment(relation, column_dict) -%}
  {% do dagbook__adapter_lacks('alter_column_comment') %}
{%- endmacro %}
