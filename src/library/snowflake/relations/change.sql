{# Dropping, renaming, replacing and emptying: by full names, because a rename can also move. #}

{% macro snowflake__get_create_sql(relation, sql) %}
  {% if relation.is_dynamic_table %}
    {{ snowflake__get_create_dynamic_table_as_sql(relation, sql) }}
  {% elif relation.is_interactive_table %}
    {{ snowflake__get_create_interactive_table_as_sql(relation, sql) }}
  {% else %}
    {{ default__get_create_sql(relation, sql) }}
  {% endif %}
{% endmacro %}

{% macro snowflake__get_drop_sql(relation) %}
  {% if relation.is_dynamic_table %}
    {{ snowflake__get_drop_dynamic_table_sql(relation) }}
  {% elif relation.is_interactive_table %}
    {{ snowflake__get_drop_interactive_table_sql(relation) }}
  {% else %}
    {{ default__get_drop_sql(relation) }}
  {% endif %}
{% endmacro %}

{# A database linked to an outside catalog knows no cascade. #}
{% macro snowflake__drop_table(relation) %}
  drop table if exists {{ relation }} {{ 'cascade' if not snowflake__is_catalog_linked_database(relation=relation) }}
{% endmacro %}

{% macro snowflake__get_drop_view_sql(relation) %}
  drop view if exists {{ relation }} cascade
{% endmacro %}

{% macro snowflake__truncate_relation(relation) -%}
  {% call statement('truncate_relation') -%}
    {{ dagbook__snowflake_dml('truncate table ' ~ relation.render() ~ ' ', config.model) }}
  {%- endcall %}
{%- endmacro %}

{# Views too: Snowflake does not mind the word. #}
{% macro snowflake__rename_relation(from_relation, to_relation) -%}
  {% call statement('rename_relation') -%}
    alter table {{ from_relation }} rename to {{ to_relation }}
  {%- endcall %}
{%- endmacro %}

{% macro snowflake__get_rename_sql(relation, new_name) -%}
  {% if relation.is_interactive_table %}
    {{ snowflake__get_rename_interactive_table_sql(relation, new_name) }}
  {% else %}
    {{ default__get_rename_sql(relation, new_name) }}
  {% endif %}
{%- endmacro %}

{% macro snowflake__get_rename_table_sql(relation, new_name) -%}
  alter table {{ relation }} rename to {{ new_name }}
{%- endmacro %}

{% macro snowflake__get_rename_view_sql(relation, new_name) -%}
  alter view {{ relation }} rename to {{ new_name }}
{%- endmacro %}

{% macro snowflake__get_rename_intermediate_sql(relation) -%}
  {{ get_rename_sql(make_intermediate_relation(relation), relation.render()) }}
{%- endmacro %}

{% macro snowflake__get_create_backup_sql(relation) -%}
  {%- set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.render()) }}
{%- endmacro %}

{% macro snowflake__get_replace_sql(existing_relation, target_relation, sql) %}
  {% if existing_relation.is_dynamic_table and target_relation.is_dynamic_table %}
    {{ snowflake__get_replace_dynamic_table_sql(target_relation, sql) }}
  {% elif existing_relation.is_interactive_table and target_relation.is_interactive_table %}
    {{ snowflake__get_replace_interactive_table_sql(target_relation, sql) }}
  {% else %}
    {{ default__get_replace_sql(existing_relation, target_relation, sql) }}
  {% endif %}
{% endmacro %}

{% macro snowflake__get_replace_table_sql(relation, sql) %}
  {{ snowflake__create_table_as(False, relation, sql) }}
{% endmacro %}

{% macro snowflake__get_replace_view_sql(relation, sql) %}
  {{ snowflake__create_view_as(relation, sql) }}
{% endmacro %}

{% macro snowflake__can_clone_table() %}
  {{ return(True) }}
{% endmacro %}

{% macro snowflake__create_or_replace_clone(this_relation, defer_relation) %}
  create or replace {{ 'transient' if config.get('transient', true) }} table {{ this_relation }}
  clone {{ defer_relation }}
  {{ 'copy grants' if config.get('copy_grants', false) }}
  {{ 'copy tags' if config.get('copy_tags', false) }}
{% endmacro %}
