{#
  The changes of a snapshot as rows, each marked with what it does: `insert` a version, `update` or `delete` (end) one.
  In order: the query, the versions that hold, what each side gives, then the changes, then all of them together.
#}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {%- set columns = dagbook__snapshot_columns() -%}
    {%- set marks_deleted = strategy.hard_deletes == 'new_record' -%}
    {%- set finds_deleted = strategy.hard_deletes in ('invalidate', 'new_record') -%}
    {%- set or_was_deleted = 'or snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True'" if marks_deleted else '' -%}
    {%- set same_key = unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') -%}

    with snapshot_query as (
        {{ source_sql }}
    ),

    snapshotted_data as (
        select *, {{ unique_key_fields(strategy.unique_key) }}
        from {{ target_relation }}
        where {{ dagbook__snapshot_holds(columns) }}
    ),

    insertions_source_data as (
        select *, {{ unique_key_fields(strategy.unique_key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ get_dbt_valid_to_current(strategy, columns) }},
            {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
        from snapshot_query
    ),

    updates_source_data as (
        select *, {{ unique_key_fields(strategy.unique_key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
        from snapshot_query
    ),
    {% if finds_deleted %}
    deletes_source_data as (
        select *, {{ unique_key_fields(strategy.unique_key) }}
        from snapshot_query
    ),
    {% endif %}

    insertions as (
        select
            'insert' as dbt_change_type,
            source_data.*{{ ",'False' as " ~ columns.dbt_is_deleted if marks_deleted }}
        from insertions_source_data as source_data
        left outer join snapshotted_data
            on {{ same_key }}
        where {{ unique_key_is_null(strategy.unique_key, 'snapshotted_data') }}
            or ({{ unique_key_is_not_null(strategy.unique_key, 'snapshotted_data') }} and (
                {{ strategy.row_changed }}{{ or_was_deleted }}
            )
        )
    ),

    updates as (
        select
            'update' as dbt_change_type,
            source_data.*,
            snapshotted_data.{{ columns.dbt_scd_id }}{{ ', snapshotted_data.' ~ columns.dbt_is_deleted if marks_deleted }}
        from updates_source_data as source_data
        join snapshotted_data
            on {{ same_key }}
        where (
            {{ strategy.row_changed }}{{ or_was_deleted }}
        )
    )
    {% if finds_deleted %}
    ,
    {{ dagbook__snapshot_deletes(strategy, columns) }}
    {% endif %}
    {% if marks_deleted %}
    ,
    {{ dagbook__snapshot_deletion_records(strategy, columns, source_sql, target_relation) }}
    {% endif %}

    select * from insertions
    union all
    select * from updates
    {% if finds_deleted %}
    union all
    select * from deletes
    {% endif %}
    {% if marks_deleted %}
    union all
    select * from deletion_records
    {% endif %}
{%- endmacro %}

{# Versions whose key the query no longer gives. #}
{% macro dagbook__snapshot_deletes(strategy, columns) %}
    deletes as (
        select
            'delete' as dbt_change_type,
            source_data.*,
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
            {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_to }},
            snapshotted_data.{{ columns.dbt_scd_id }}{{ ', snapshotted_data.' ~ columns.dbt_is_deleted if strategy.hard_deletes == 'new_record' }}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') }}
        where {{ unique_key_is_null(strategy.unique_key, 'source_data') }}
        {% if strategy.hard_deletes == 'new_record' %}
            and not (
                --avoid updating the record's valid_to if the latest entry is marked as deleted
                {{ dagbook__snapshot_is_deleted(columns) }}
            )
        {% endif %}
    )
{% endmacro %}

{# hard_deletes: new_record. A version that says the row is gone; columns the snapshot lacks come from the query, as nulls. #}
{% macro dagbook__snapshot_deletion_records(strategy, columns, source_sql, target_relation) %}
    {%- set known = get_list_of_column_names(get_columns_in_relation(target_relation)) -%}
    {%- set fields, keys = [], [] -%}
    {%- for name in get_columns_in_query(source_sql) -%}
        {%- do fields.append(('snapshotted_data.' if name in known else 'source_data.') ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {%- if strategy.unique_key | is_list -%}
        {%- for key in strategy.unique_key -%}
            {%- do keys.append('snapshotted_data.' ~ key ~ ' as dbt_unique_key_' ~ loop.index) -%}
        {%- endfor -%}
    {%- else -%}
        {%- do keys.append('snapshotted_data.dbt_unique_key as dbt_unique_key') -%}
    {%- endif %}
    deletion_records as (
        select
            'insert' as dbt_change_type,{{ fields | join(',') }},{{ keys | join(', ') }},
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
            {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
            snapshotted_data.{{ columns.dbt_valid_to }} as {{ columns.dbt_valid_to }},
            {{ snapshot_hash_arguments([columns.dbt_scd_id, snapshot_get_time()]) }} as {{ columns.dbt_scd_id }},
            'True' as {{ columns.dbt_is_deleted }}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') }}
        where {{ unique_key_is_null(strategy.unique_key, 'source_data') }}
        and not (
            --avoid inserting a new record if the latest one is marked as deleted
            {{ dagbook__snapshot_is_deleted(columns) }}
        )
    )
{% endmacro %}

{# Whether a version holds now. Null counts even beside a configured far future: it may be from before that config. #}
{% macro dagbook__snapshot_holds(columns) %}
    {%- set current, valid_to = config.get('dbt_valid_to_current'), columns.dbt_valid_to | trim -%}
    {%- if current -%}
    ( {{ equals(valid_to, current | trim) }} or {{ valid_to }} is null )
    {%- else -%}
    {{ valid_to }} is null
    {%- endif -%}
{% endmacro %}

{# Whether the version that holds says already that the row is gone. #}
{% macro dagbook__snapshot_is_deleted(columns) %}
    {%- set current = config.get('dbt_valid_to_current') -%}
    snapshotted_data.{{ columns.dbt_is_deleted }} = 'True'
    and
    snapshotted_data.{{ columns.dbt_valid_to }} {{ '= ' ~ current if current else 'is null' }}
{%- endmacro %}
