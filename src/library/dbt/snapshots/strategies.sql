{#
  Snapshot strategies. `strategy: x` means the macro snapshot_x_strategy (`package.x`: that of a package). It returns
  unique_key, updated_at, row_changed (a condition), scd_id (a hash that names a version) and hard_deletes.
#}

{% macro strategy_dispatch(name) -%}
  {% set package_name, own_name = name.split('.', 1) if '.' in name else (none, name) %}
  {% if package_name is not none and package_name not in context %}
    {% do exceptions.raise_compiler_error("No package '" ~ package_name ~ "' to take the snapshot strategy '" ~ name ~ "' from.") %}
  {% endif %}
  {% set place = context if package_name is none else context[package_name] %}
  {% set macro_name = 'snapshot_' ~ own_name ~ '_strategy' %}
  {% if macro_name not in place %}
    {% do exceptions.raise_compiler_error("No snapshot strategy '" ~ name ~ "': it would be the macro " ~ macro_name ~ '.') %}
  {% endif %}
  {{ return(place[macro_name]) }}
{%- endmacro %}

{# A row changed if it is newer than the version on file; by our own column, as the history may lack the source's. #}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set updated_at = config.get('updated_at') %}
  {% set row_changed = '(' ~ snapshotted_rel ~ '.' ~ dagbook__snapshot_columns().dbt_valid_from ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')' %}
  {% do return(dagbook__snapshot_strategy(updated_at, row_changed)) %}
{% endmacro %}

{# A row changed if one of its columns did, nulls included; a new column changes every row. #}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set updated_at = config.get('updated_at') or snapshot_get_time() %}
  {% set column_added, check_cols = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) %}
  {%- set row_changed -%}
  (
  {%- if column_added -%}
    {{ get_true_sql() }}
  {%- endif -%}
  {%- for column in (check_cols if not column_added else []) -%}
    {%- set old, new = snapshotted_rel ~ '.' ~ column, current_rel ~ '.' ~ column -%}
    {{ old }} != {{ new }}
    or
    (
      (({{ old }} is null) and not ({{ new }} is null))
      or
      ((not {{ old }} is null) and ({{ new }} is null))
    )
    {%- if not loop.last %} or {% endif -%}
  {%- endfor -%}
  )
  {%- endset %}
  {% do return(dagbook__snapshot_strategy(updated_at, row_changed)) %}
{% endmacro %}

{% macro dagbook__snapshot_strategy(updated_at, row_changed) %}
  {% set unique_key = config.get('unique_key') %}
  {% set hard_deletes = adapter.get_hard_deletes_behavior(config) %}
  {% do return({
    'unique_key': unique_key,
    'updated_at': updated_at,
    'row_changed': row_changed,
    'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
    'invalidate_hard_deletes': hard_deletes == 'invalidate',
    'hard_deletes': hard_deletes,
  }) %}
{% endmacro %}

{# (whether a column is new, the quoted columns to compare), out of `check_cols`: a list or `all`. #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if not target_exists -%}
    {{ return((false, query_columns)) }}
  {%- endif -%}

  {%- if check_cols_config == 'all' -%}
    {%- set names = get_columns_in_query(node['compiled_code']) -%}
  {%- elif check_cols_config is iterable and check_cols_config | length > 0 -%}
    {# asked of the warehouse, which knows their case; on lines of their own, lest a comment swallow the bracket #}
    {%- set listed -%}
      select {{ check_cols_config | join(', ') }} from (
        {{ node['compiled_code'] }}
      ) subq
    {%- endset -%}
    {%- set names = get_columns_in_query(listed) -%}
  {%- else -%}
    {%- do exceptions.raise_compiler_error("Invalid value for 'check_cols': " ~ check_cols_config) -%}
  {%- endif -%}

  {%- set target_relation = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- set existing = adapter.get_columns_in_relation(target_relation) | map(attribute='name') | list -%}
  {%- set compared = [] -%}
  {%- for name in names if name in existing -%}
    {%- do compared.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {{ return((compared | length < names | length, compared)) }}
{%- endmacro %}

{% macro get_true_sql() %}
  {{ adapter.dispatch('get_true_sql', 'dbt')() }}
{% endmacro %}

{% macro default__get_true_sql() %}
  {{ return('TRUE') }}
{% endmacro %}

{# The hash of some expressions as text, nulls as the empty text. #}
{% macro snapshot_hash_arguments(args) -%}
  {{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}
{%- endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
    md5({%- for arg in args -%}
        coalesce(cast({{ arg }} as varchar ), '')
        {% if not loop.last %} || '|' || {% endif %}
    {%- endfor -%})
{%- endmacro %}

{% macro snapshot_string_as_time(timestamp) -%}
  {{ adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp) }}
{%- endmacro %}

{% macro default__snapshot_string_as_time(timestamp) %}
  {% do dagbook__adapter_lacks('snapshot_string_as_time') %}
{% endmacro %}
