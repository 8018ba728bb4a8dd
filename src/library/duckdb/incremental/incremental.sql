{# An incremental model: what is new goes into a temporary table first, then into the model's by the strategy's DML. #}
{% materialization incremental, adapter="duckdb", supported_languages=['sql', 'python'] -%}
  {%- set language = model['language'] -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}

  {%- set rebuilds = should_full_refresh() or (existing_relation is not none and existing_relation.is_view) -%}
  {%- set makes_table = existing_relation is none or rebuilds -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) if makes_table else none -%}
  {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) if makes_table else none -%}
  {%- set skips_begin = (partitioned_by or sorted_by) and adapter.is_ducklake(target_relation) -%}
  {%- set grant_config = config.get('grants') -%}

  {# left over, if a run broke off here #}
  {% for leftover in [load_cached_relation(intermediate_relation), load_cached_relation(backup_relation)] %}
    {{ drop_relation_if_exists(leftover) }}
  {% endfor %}
  {% set to_drop, dependents = [], [] %}
  {% set temporary = duckdb__dispatch_temporary_relation(target_relation, adapter.batch_id_for_model(model)) %}
  {% if not temporary.temporary %}
    {% do to_drop.append(temporary.relation) %}
  {% endif %}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {% set builds_in_place = existing_relation is not none and rebuilds and has_foreign_key_constraints(existing_relation) %}
  {% set swaps = existing_relation is not none and rebuilds and not builds_in_place %}
  {% if builds_in_place %}
    {% set dependents = drop_relation_for_rebuild(existing_relation) %}
  {% endif %}
  {% if makes_table %}
    {% set build_sql = create_table_as(
      False, intermediate_relation if swaps else target_relation, compiled_code, language,
      partitioned_by=partitioned_by, sorted_by=sorted_by
    ) %}
  {% else %}
    {% set build_sql = dagbook__duckdb_increment_sql(existing_relation, target_relation, temporary, on_schema_change, language) %}
    {% set language = 'sql' %}
  {% endif %}
  {% call statement('main', language=language, auto_begin=not skips_begin) %}
    {{- build_sql }}
  {% endcall %}

  {% if swaps %}
    {% do drop_indexes_on_relation(target_relation) %}
    {% if may_be_foreign_key_target(target_relation) %}
      {% set dependents = drop_foreign_key_dependents(target_relation) %}
    {% endif %}
    {% do adapter.rename_relation(target_relation, backup_relation) %}
    {% do adapter.rename_relation(intermediate_relation, target_relation) %}
    {% do to_drop.append(backup_relation) %}
  {% endif %}
  {% do restore_foreign_key_dependents(dependents) %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, rebuilds)) %}
  {% if makes_table %}
    {% do create_indexes(target_relation) %}
  {% endif %}
  {% do persist_docs(target_relation, model) %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do adapter.commit() %}

  {% for relation in to_drop %}
    {# on MotherDuck the drop takes the indexes along #}
    {% if not adapter.is_motherduck() %}
      {% do drop_indexes_on_relation(relation) %}
    {% endif %}
    {% do adapter.drop_relation(relation) %}
  {% endfor %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{# Makes the temporary table, lets the model's table follow its columns, and returns the DML. #}
{% macro dagbook__duckdb_increment_sql(existing_relation, target_relation, temporary, on_schema_change, language) %}
  {% set source = temporary.relation %}
  {% set make = create_table_as(temporary.temporary, source, compiled_code, language, partitioned_by=none, sorted_by=none) %}
  {% if language == 'python' %}
    {% call statement('pre', language=language) %}
      {{- make }}
    {% endcall %}
  {% else %}
    {% do run_query(make) %}
  {% endif %}
  {% do adapter.expand_target_column_types(from_relation=source, to_relation=target_relation) %}
  {% set dest_columns = process_schema_changes(on_schema_change, source, existing_relation)
      or adapter.get_columns_in_relation(existing_relation) %}
  {% set write_strategy_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') %}
  {{ return(write_strategy_sql({
    'target_relation': target_relation,
    'temp_relation': source,
    'unique_key': config.get('unique_key'),
    'dest_columns': dest_columns,
    'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none),
  })) }}
{% endmacro %}

{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {% do return(get_incremental_delete_insert_sql(arg_dict)) %}
{% endmacro %}
