{# Writing the staged changes: `update` and `delete` end the version that holds, `insert` adds one. #}

{% macro snapshot_merge_sql(target, source, insert_cols) -%}
  {{ adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols) }}
{%- endmacro %}

{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
    {%- set columns = dagbook__snapshot_columns() -%}
    {%- set names = insert_cols | join(', ') -%}
    {%- set valid_to = 'DBT_INTERNAL_DEST.' ~ columns.dbt_valid_to -%}
    merge into {{ target.render() }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ columns.dbt_scd_id }}

    when matched
      {% if config.get('dbt_valid_to_current') %}
      and ({{ equals(valid_to, config.get('dbt_valid_to_current') | trim) }} or {{ valid_to }} is null)
      {% else %}
      and {{ valid_to }} is null
      {% endif %}
      and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
        then update
        set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}

    when not matched
      and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
        then insert ({{ names }})
        values ({{ names }})
{% endmacro %}
