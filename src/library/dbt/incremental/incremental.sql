{# An incremental model: made whole at first, then added to in the way its strategy says. #}

{% materialization incremental, default %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set temp_relation = make_temp_relation(target_relation) -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}

  {%- set rebuilds = should_full_refresh() or (existing_relation is not none and existing_relation.is_view) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set grant_config = config.get('grants') -%}

  {# left over, if a run broke off here #}
  {% for leftover in [load_cached_relation(intermediate_relation), load_cached_relation(backup_relation)] %}
    {{ drop_relation_if_exists(leftover) }}
  {% endfor %}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {# looked up before anything is sent, so that an unknown strategy leaves nothing behind #}
  {% set write_strategy_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') %}
  {% set swaps = existing_relation is not none and rebuilds %}
  {% if existing_relation is none %}
    {% set built = target_relation %}
    {% set build_sql = get_create_table_as_sql(False, target_relation, sql) %}
  {% elif rebuilds %}
    {% set built = intermediate_relation %}
    {% set build_sql = get_create_table_as_sql(False, intermediate_relation, sql) %}
  {% else %}
    {% set built = temp_relation %}
    {% do run_query(get_create_table_as_sql(True, temp_relation, sql)) %}
    {% set contract = config.get('contract') %}
    {% if not (contract and contract.enforced) %}
      {% do adapter.expand_target_column_types(from_relation=temp_relation, to_relation=target_relation) %}
    {% endif %}
    {% set build_sql = write_strategy_sql({
      'target_relation': target_relation,
      'temp_relation': temp_relation,
      'unique_key': config.get('unique_key'),
      'dest_columns': process_schema_changes(on_schema_change, temp_relation, existing_relation)
        or adapter.get_columns_in_relation(existing_relation),
      'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none),
    }) %}
  {% endif %}

  {% call statement('main') %}
    {{ build_sql }}
  {% endcall %}
  {% if existing_relation is none or rebuilds %}
    {% do create_indexes(built) %}
  {% endif %}
  {% if swaps %}
    {% do adapter.rename_relation(target_relation, backup_relation) %}
    {% do adapter.rename_relation(intermediate_relation, target_relation) %}
  {% endif %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, rebuilds)) %}
  {% do persist_docs(target_relation, model) %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do adapter.commit() %}

  {% if swaps %}
    {% do adapter.drop_relation(backup_relation) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
