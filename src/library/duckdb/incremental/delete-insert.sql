{# Strategies that delete what comes again and insert it anew. #}

{# A list of keys joins the two tables; one key is looked up. #}
{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set conditions = [] -%}
    {%- if unique_key and unique_key is not string -%}
        {%- for key in unique_key -%}
            {%- do conditions.append(source ~ '.' ~ key ~ ' = DBT_INCREMENTAL_TARGET.' ~ key) -%}
        {%- endfor -%}
        delete from {{ target }} as DBT_INCREMENTAL_TARGET
        using {{ source }}
        where (
            {{ (conditions + (incremental_predicates or [])) | join('\n            and ') }}
        );
    {%- elif unique_key -%}
        delete from {{ target }}
        where (
            {{ unique_key }}) in (
            select ({{ unique_key }})
            from {{ source }}
        )
        {%- for predicate in incremental_predicates or [] %}
            and {{ predicate }}
        {% endfor -%};
    {%- endif %}

    {{ get_insert_into_sql(target, source, dest_columns) | trim }}
{%- endmacro %}

{# Replaces the rows of one batch, by event time. #}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
    {%- set event_time = config.get('event_time') -%}
    {%- set batch = model.get('batch') or {} -%}
    {%- set start, end = batch.get('event_time_start'), batch.get('event_time_end') -%}
    {%- if not event_time -%}
        {%- do exceptions.raise_compiler_error('microbatch goes by the config `event_time`, and there is none.') -%}
    {%- elif config.get('unique_key') -%}
        {%- do exceptions.raise_compiler_error('microbatch replaces whole batches by `event_time`, so a `unique_key` has no effect. Remove it, or use the merge strategy.') -%}
    {%- elif not (start and end) -%}
        {%- do exceptions.raise_compiler_error('microbatch is run batch by batch, and this run has no batch.') -%}
    {%- endif -%}

    {%- set in_batch = event_time ~ " >= '" ~ start ~ "' and " ~ event_time ~ " < '" ~ end ~ "'" -%}
    {%- set names = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    {%- set dml -%}
        delete from {{ arg_dict['target_relation'] }}
        where {{ in_batch }}
        {%- for predicate in normalize_incremental_predicates(arg_dict.get('incremental_predicates')) %}
        and ({{ predicate }})
        {%- endfor %};

        insert into {{ arg_dict['target_relation'] }} ({{ names }})
        select {{ names }}
        from {{ arg_dict['temp_relation'] }}
        where {{ in_batch }};
    {%- endset -%}
    {{ return(dml) }}
{%- endmacro %}

{% macro normalize_incremental_predicates(incremental_predicates) -%}
  {{ return(normalize_string_or_list(incremental_predicates, 'incremental_predicates')) }}
{%- endmacro %}
