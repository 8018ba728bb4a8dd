{# An incremental model: what is new is put beside the table first, then written into it by the strategy's DML. #}
{% materialization incremental, adapter='snowflake', supported_languages=['sql', 'python'] -%}
  {% set original_query_tag = set_query_tag() %}
  {%- set language = model['language'] -%}
  {%- set full_refresh = should_full_refresh() -%}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set strategy = config.get('incremental_strategy') or 'default' -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set grant_config = config.get('grants') -%}

  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {%- set target_relation = api.Relation.create(
    database=database, schema=schema, identifier=this.name, type='table', table_format=catalog.table_format
  ) -%}
  {%- set existing_relation = load_relation(this) -%}
  {%- set tmp_type = dbt_snowflake_get_tmp_relation_type(strategy, unique_key, language) -%}
  {%- set tmp_relation = resolve_incremental_tmp_relation(dagbook__snowflake_tmp_relation(tmp_type, catalog)) -%}

  {{ run_hooks(pre_hooks) }}

  {% if existing_relation is not none and existing_relation.is_view %}
    {% do log('Dropping ' ~ target_relation ~ ', a view where a table is to be.') %}
    {% do adapter.drop_relation(existing_relation) %}
  {% elif existing_relation is not none and full_refresh and target_relation.needs_to_drop(existing_relation) %}
    {{ drop_relation_if_exists(existing_relation) }}
  {% endif %}

  {% if existing_relation is none or existing_relation.is_view or full_refresh %}
    {%- call statement('main', language=language) -%}
      {{ create_table_as(False, target_relation, compiled_code, language) }}
    {%- endcall -%}
  {% elif target_relation.table_format != existing_relation.table_format %}
    {% do exceptions.raise_compiler_error('The incremental model `' ~ target_relation.identifier ~ '` is a table of format `'
      ~ existing_relation.table_format ~ '`, which Snowflake cannot change to `' ~ target_relation.table_format
      ~ '`. With --full-refresh it is dropped and made anew.') %}
  {% else %}
    {%- call statement('create_tmp_relation', language=language) -%}
      {{ dagbook__snowflake_create_tmp_sql(tmp_type, tmp_relation, catalog, language) }}
    {%- endcall -%}
    {% do adapter.expand_target_column_types(from_relation=tmp_relation, to_relation=target_relation) %}
    {% set dest_columns = process_schema_changes(on_schema_change, tmp_relation, existing_relation)
        or adapter.get_columns_in_relation(existing_relation) %}
    {% set write_strategy_sql = adapter.get_incremental_strategy_macro(context, strategy) %}
    {%- call statement('main') -%}
      {{ write_strategy_sql({
        'target_relation': target_relation,
        'temp_relation': tmp_relation,
        'unique_key': unique_key,
        'dest_columns': dest_columns,
        'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none),
        'catalog_relation': catalog,
      }) }}
    {%- endcall -%}
  {% endif %}

  {# sent even where none was made: one may be left of a run that broke off #}
  {% do drop_relation_if_exists(tmp_relation) %}
  {{ run_hooks(post_hooks) }}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation and existing_relation.is_table, full_refresh)) %}
  {% do persist_docs(target_relation, model) %}
  {% do unset_query_tag(original_query_tag) %}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}
