{# A snapshot: the versions of every row over time, each with the time from which and until which it was valid. #}

{% materialization snapshot, default %}
  {%- set exists, target_relation = get_or_create_relation(
    database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table'
  ) -%}
  {%- if not target_relation.is_table -%}
    {% do exceptions.relation_wrong_type(target_relation, 'table') %}
  {%- endif -%}
  {%- set grant_config = config.get('grants') -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {# the config as an argument is for strategies of packages that still read it there #}
  {% set strategy = strategy_dispatch(config.get('strategy'))(model, 'snapshotted_data', 'source_data', model['config'], exists) %}
  {% if not exists %}
    {% set select_sql = build_snapshot_table(strategy, model['compiled_code']) %}
    {% set final_sql = create_table_as(False, target_relation, select_sql) %}
  {% else %}
    {{ adapter.assert_valid_snapshot_target_given_strategy(target_relation, dagbook__snapshot_columns(), strategy) }}
    {% set select_sql = snapshot_staging_table(strategy, sql, target_relation) %}
    {% set staging_table = build_snapshot_staging_table(strategy, sql, target_relation) %}
    {% do adapter.expand_target_column_types(from_relation=staging_table, to_relation=target_relation) %}

    {% set own_names = dagbook__staging_only_names(config.get('unique_key')) %}
    {% set new_columns = adapter.get_missing_columns(staging_table, target_relation) | rejectattr('name', 'in', own_names) | list %}
    {% do create_columns(target_relation, new_columns) %}
    {% set inserted = adapter.get_columns_in_relation(staging_table) | rejectattr('name', 'in', own_names) | map(attribute='name') %}
    {% set insert_cols = [] %}
    {% for name in inserted %}
      {% do insert_cols.append(adapter.quote(name)) %}
    {% endfor %}
    {% set final_sql = snapshot_merge_sql(target=target_relation, source=staging_table, insert_cols=insert_cols) %}
  {% endif %}

  {{ check_time_data_types(select_sql) }}
  {% call statement('main') %}
    {{ final_sql }}
  {% endcall %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(exists, full_refresh_mode=False)) %}
  {% do persist_docs(target_relation, model) %}
  {% if not exists %}
    {% do create_indexes(target_relation) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {% if exists %}
    {% do post_snapshot(staging_table) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Columns that steer the merge and are not part of the snapshot, in the case of either warehouse. #}
{% macro dagbook__staging_only_names(unique_key) %}
  {% set names = ['dbt_change_type', 'dbt_unique_key'] %}
  {% if unique_key | is_list %}
    {% for _ in unique_key %}
      {% do names.append('dbt_unique_key_' ~ loop.index) %}
    {% endfor %}
  {% endif %}
  {{ return(names + (names | map('upper') | list)) }}
{% endmacro %}

{# For adapters that must clean up. #}
{% macro post_snapshot(staging_relation) %}
  {{ adapter.dispatch('post_snapshot', 'dbt')(staging_relation) }}
{% endmacro %}

{% macro default__post_snapshot(staging_relation) %}
{% endmacro %}

{# Warns where the strategy's time is of another type than the snapshot's own clock: comparing them goes astray. #}
{% macro check_time_data_types(sql) %}
  {% set source_type = get_updated_at_column_data_type(sql) %}
  {% set clock_type = get_snapshot_get_time_data_type() %}
  {% set differ = source_type is not none and clock_type is not none and source_type != clock_type %}
  {% if differ and exceptions.warn_snapshot_timestamp_data_types %}
    {{ exceptions.warn_snapshot_timestamp_data_types(clock_type, source_type) }}
  {% endif %}
{% endmacro %}

{% macro get_updated_at_column_data_type(snapshot_sql) %}
  {% set found = get_column_schema_from_query(snapshot_sql) | selectattr('column', 'in', ['dbt_updated_at', 'DBT_UPDATED_AT']) | list %}
  {{ return(found[-1].dtype or none if found else none) }}
{% endmacro %}

{% macro get_snapshot_get_time_data_type() %}
  {% set now = adapter.dispatch('snapshot_get_time', 'dbt')() %}
  {{ return(get_column_schema_from_query('select ' ~ now ~ ' as dbt_snapshot_time')[0].dtype or none) }}
{% endmacro %}

{# The time of a change that the data itself does not date. #}
{% macro snapshot_get_time() -%}
    {{ adapter.dispatch('snapshot_get_time', 'dbt')() }}
{%- endmacro %}

{% macro default__snapshot_get_time() %}
    {{ current_timestamp() }}
{% endmacro %}
