{# DML of the strategies that touch rows which are already there. #}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
   -- back compat for old kwarg name
  {# `predicates`, that is. dbt sends the line above with the statement, and so do we: it is what query histories show. #}
  {{ adapter.dispatch('get_merge_sql', 'dbt')(
    target, source, unique_key, dest_columns, kwargs.get('predicates', incremental_predicates)
  ) }}
{%- endmacro %}

{# The predicates come before the keys. Without a key nothing matches, and every row is inserted. #}
{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- set conditions = [] + (incremental_predicates or []) -%}
    {%- if not unique_key -%}
      {%- do conditions.append('FALSE') -%}
    {%- elif unique_key is sequence and unique_key is not string and unique_key is not mapping -%}
      {%- for key in unique_key -%}
        {%- do conditions.append(' DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key ~ ' ') -%}
      {%- endfor -%}
    {%- else -%}
      {%- do conditions.append(get_merge_unique_key_match(
        ('DBT_INTERNAL_SOURCE.' ~ unique_key) | trim, ('DBT_INTERNAL_DEST.' ~ unique_key) | trim
      )) -%}
    {%- endif -%}
    {%- set names = get_quoted_csv(dest_columns | map(attribute='name')) -%}
    {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}

    {{ config.get('sql_header', none) or '' }}

    merge into {{ target }} as DBT_INTERNAL_DEST
        using {{ source }} as DBT_INTERNAL_SOURCE
        on ({{ conditions | join(') and (') }})

    {% if unique_key %}
    when matched then update set
        {% for name in updated %}{{ name }} = DBT_INTERNAL_SOURCE.{{ name }}{{ ',' if not loop.last }}{% endfor %}
    {% endif %}

    when not matched then insert
        ({{ names }})
    values
        ({{ names }})
{% endmacro %}

{% macro get_merge_unique_key_match(source_unique_key, target_unique_key) %}
  {{ return(adapter.dispatch('get_merge_unique_key_match', 'dbt')(source_unique_key, target_unique_key)) }}
{% endmacro %}

{% macro default__get_merge_unique_key_match(source_unique_key, target_unique_key) -%}
  {{ return(equals(source_unique_key, target_unique_key) | trim) }}
{%- endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {{ adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {% if unique_key %}
        {%- set keys = unique_key if unique_key is string else unique_key | join(', ') -%}
        delete from {{ target }} as DBT_INTERNAL_DEST
        where ({{ keys }}) in (
            select distinct {{ keys }}
            from {{ source }} as DBT_INTERNAL_SOURCE
        )
        {%- for predicate in incremental_predicates or [] %}
            and {{ predicate }}
        {% endfor -%};
    {% endif %}
    {{ get_insert_into_sql(target, source, dest_columns) | trim }}
{%- endmacro %}

{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=false) -%}
  {{ adapter.dispatch('get_insert_overwrite_merge_sql', 'dbt')(target, source, dest_columns, predicates, include_sql_header) }}
{%- endmacro %}

{# Deletes what the predicates cover and inserts everything; the header only where the caller has not sent it already. #}
{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header) -%}
    {%- set names = get_quoted_csv(dest_columns | map(attribute='name')) -%}
    {%- set header = config.get('sql_header', none) if include_sql_header else none -%}
    {{ header or '' }}

    merge into {{ target }} as DBT_INTERNAL_DEST
        using {{ source }} as DBT_INTERNAL_SOURCE
        on FALSE

    when not matched by source
        {{ 'and ' ~ predicates | join(' and ') if predicates }}
        then delete

    when not matched then insert
        ({{ names }})
    values
        ({{ names }})
{% endmacro %}
