{#
  Putting one relation where another is. Best is one statement; next best is to build beside it and swap; at worst
  there is a moment with neither.
#}

{% macro get_replace_sql(existing_relation, target_relation, sql) %}
  {%- do log('Applying REPLACE to: ' ~ existing_relation) -%}
  {{- adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_sql(existing_relation, target_relation, sql) %}
  {% if existing_relation.can_be_replaced and existing_relation.type == target_relation.type
      and (existing_relation.is_table or existing_relation.is_view or existing_relation.is_materialized_view) %}
    {% if existing_relation.is_view %}
      {{ get_replace_view_sql(target_relation, sql) }}
    {% elif existing_relation.is_table %}
      {{ get_replace_table_sql(target_relation, sql) }}
    {% else %}
      {{ get_replace_materialized_view_sql(target_relation, sql) }}
    {% endif %}

  {# built beside: the old one stays until the new one is whole #}
  {% elif target_relation.can_be_renamed %}
    {{ get_create_intermediate_sql(target_relation, sql) }};
    {% if existing_relation.can_be_renamed %}
      {{ get_create_backup_sql(existing_relation) }};
      {{ get_rename_intermediate_sql(target_relation) }};
      {{ get_drop_backup_sql(existing_relation) }}
    {% else %}
      {{ get_drop_sql(existing_relation) }};
      {{ get_rename_intermediate_sql(target_relation) }}
    {% endif %}

  {# built in place: the old one steps aside, if it can #}
  {% elif existing_relation.can_be_renamed %}
    {{ get_create_backup_sql(existing_relation) }};
    {{ get_create_sql(target_relation, sql) }};
    {{ get_drop_backup_sql(existing_relation) }}
  {% else %}
    {{ get_drop_sql(existing_relation) }};
    {{ get_create_sql(target_relation, sql) }}
  {% endif %}
{% endmacro %}

{% macro get_replace_table_sql(relation, sql) %}
  {{- adapter.dispatch('get_replace_table_sql', 'dbt')(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_table_sql(relation, sql) %}
  {%- do dagbook__adapter_lacks('get_replace_table_sql') -%}
{% endmacro %}

{% macro get_replace_view_sql(relation, sql) %}
  {{- adapter.dispatch('get_replace_view_sql', 'dbt')(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_view_sql(relation, sql) %}
  {%- do dagbook__adapter_lacks('get_replace_view_sql') -%}
{% endmacro %}

{# Whatever is left of the name from a run that broke off is dropped first. #}
{% macro get_create_intermediate_sql(relation, sql) -%}
  {%- do log('Applying CREATE INTERMEDIATE to: ' ~ relation) -%}
  {{- adapter.dispatch('get_create_intermediate_sql', 'dbt')(relation, sql) -}}
{%- endmacro %}

{% macro default__get_create_intermediate_sql(relation, sql) -%}
  {%- set staged = make_intermediate_relation(relation) -%}
  {{ get_drop_sql(staged) }};
  {{ get_create_sql(staged, sql) }}
{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) -%}
  {%- do log('Applying RENAME INTERMEDIATE to: ' ~ relation) -%}
  {{- adapter.dispatch('get_rename_intermediate_sql', 'dbt')(relation) -}}
{%- endmacro %}

{% macro default__get_rename_intermediate_sql(relation) -%}
  {{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}
{%- endmacro %}

{% macro get_create_backup_sql(relation) -%}
  {%- do log('Applying CREATE BACKUP to: ' ~ relation) -%}
  {{- adapter.dispatch('get_create_backup_sql', 'dbt')(relation) -}}
{%- endmacro %}

{% macro default__get_create_backup_sql(relation) -%}
  {%- set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{% macro get_drop_backup_sql(relation) -%}
  {%- do log('Applying DROP BACKUP to: ' ~ relation) -%}
  {{- adapter.dispatch('get_drop_backup_sql', 'dbt')(relation) -}}
{%- endmacro %}

{% macro default__get_drop_backup_sql(relation) -%}
  {{ get_drop_sql(make_backup_relation(relation, relation.type)) }}
{%- endmacro %}
