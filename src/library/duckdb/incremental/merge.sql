{#
  Merge. Two clauses by default: update the rows that match, insert those that do not, each by name. `merge_clauses`
  lists others: {when_matched: [{action, mode, condition, ...}], when_not_matched: [{..., by}]}.
#}

{% macro duckdb__get_incremental_merge_sql(args_dict) %}
  {{ return(duckdb__get_merge_sql(
    args_dict['target_relation'], args_dict['temp_relation'], args_dict['unique_key'], args_dict['dest_columns'],
    normalize_incremental_predicates(args_dict.get('incremental_predicates'))
  )) }}
{% endmacro %}

{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- do normalize_incremental_predicates(incremental_predicates) -%}
    {%- do validate_merge_config(config, target) -%}
    {%- set update_columns = config.get('merge_update_columns', []) -%}
    {%- set exclude_columns = config.get('merge_exclude_columns', []) -%}
    {%- set set_expressions = config.get('merge_update_set_expressions', {}) -%}
    {%- set defaults = merge_clause_defaults(
        config.get('merge_update_condition', none), config.get('merge_insert_condition', none),
        update_columns, exclude_columns, set_expressions
    ) -%}
    {%- set names_columns = update_columns or exclude_columns or set_expressions -%}
    {%- set update = defaults.when_matched_update_explicit if names_columns else defaults.when_matched_update_by_name -%}
    {%- set clauses = config.get('merge_clauses', {}) -%}
    {%- set returning = config.get('merge_returning_columns', []) -%}

    {{ config.get('sql_header', none) or '' }}

    MERGE INTO {{ target }} AS DBT_INTERNAL_DEST
        USING {{ source }} AS DBT_INTERNAL_SOURCE
        {{ duckdb__merge_join_clause(unique_key, config.get('merge_on_using_columns', []), incremental_predicates) }}
    {% for clause in clauses.get('when_matched', [update]) %}
    WHEN MATCHED {{ dagbook__merge_condition(clause) }}
    THEN {{ dagbook__merge_matched_action(clause, dest_columns) }}
    {% endfor %}
    {% for clause in clauses.get('when_not_matched', [defaults.when_not_matched_insert_by_name]) %}
    WHEN NOT MATCHED {{ 'BY ' ~ clause.get('by') | upper if clause.get('by') }} {{ dagbook__merge_condition(clause) }}
    THEN {{ dagbook__merge_unmatched_action(clause) }}
    {% endfor %}
    {{ 'RETURNING ' ~ (returning if returning is string else returning | join(', ')) if returning }}
{% endmacro %}

{# By USING, where columns are named for it; else by the key, and the predicates. #}
{% macro duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates) -%}
    {%- set filters = [] + (incremental_predicates or []) -%}
    {%- if merge_on_using_columns -%}
        USING ({{ merge_on_using_columns | join(', ') }}) {{ 'ON (' ~ filters | join(') AND (') ~ ')' if filters }}
    {%- else -%}
        {%- set is_list = unique_key is sequence and unique_key is not mapping and unique_key is not string -%}
        {%- set matches = [] -%}
        {%- for key in (unique_key if is_list else [unique_key]) if unique_key -%}
            {%- do matches.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
        {%- endfor -%}
        ON ({{ ((matches if unique_key else ['FALSE']) + filters) | join(') AND (') }})
    {%- endif -%}
{%- endmacro %}

{# A condition is a string, or a list of which all must hold. #}
{% macro dagbook__merge_condition(clause) %}
  {%- set condition = clause.get('condition') -%}
  {%- if condition is string and condition -%}
    AND {{ condition }}
  {%- elif condition -%}
    AND ({{ condition | join(') AND (') }})
  {%- endif -%}
{% endmacro %}

{% macro dagbook__merge_matched_action(clause, dest_columns) %}
  {%- if clause.get('action') == 'update' -%}
    {%- set modes = {'by_name': 'UPDATE BY NAME', 'by_position': 'UPDATE BY POSITION', 'star': 'UPDATE SET *'} -%}
    {%- if clause.get('mode') == 'explicit' -%}
      {%- set chosen = clause.get('update', {}) -%}
      {%- set expressions = chosen.get('set_expressions', {}) -%}
      {%- set assignments = dagbook__merge_assignments(expressions) -%}
      {%- for column in get_merge_update_columns(chosen.get('include', []), chosen.get('exclude', []), dest_columns)
          if column.replace('"', '').replace("'", '') not in expressions -%}
        {%- do assignments.append(column ~ ' = DBT_INTERNAL_SOURCE.' ~ column) -%}
      {%- endfor -%}
      UPDATE SET {{ assignments | join(', ') }}
    {%- else -%}
      {{ modes.get(clause.get('mode'), '') }}
    {%- endif -%}
  {%- else -%}
    {{ dagbook__merge_plain_action(clause) }}
  {%- endif -%}
{% endmacro %}

{% macro dagbook__merge_unmatched_action(clause) %}
  {%- if clause.get('action') == 'update' -%}
    UPDATE SET {{ dagbook__merge_assignments(clause.get('set_expressions', {})) | join(', ') }}
  {%- elif clause.get('action') == 'insert' -%}
    {%- set modes = {'by_name': 'INSERT BY NAME', 'by_position': 'INSERT BY POSITION', 'star': 'INSERT *'} -%}
    {%- if clause.get('mode') == 'explicit' -%}
      {%- set chosen = clause.get('insert', {}) -%}
      INSERT
        ({{ chosen.get('columns', []) | join(', ') }})
        VALUES ({{ chosen.get('values', []) | join(', ') }})
    {%- else -%}
      {{ modes.get(clause.get('mode'), '') }}
    {%- endif -%}
  {%- else -%}
    {{ dagbook__merge_plain_action(clause) }}
  {%- endif -%}
{% endmacro %}

{# Actions that need no columns. #}
{% macro dagbook__merge_plain_action(clause) %}
  {%- set message = clause.get('error_message') -%}
  {%- if clause.get('action') == 'delete' -%}
    DELETE
  {%- elif clause.get('action') == 'do_nothing' -%}
    DO NOTHING
  {%- elif clause.get('action') == 'error' -%}
    ERROR {{ "'" ~ message | replace("'", "''") ~ "'" if message }}
  {%- endif -%}
{% endmacro %}

{% macro dagbook__merge_assignments(expressions) %}
  {%- set assignments = [] -%}
  {%- for column, expression in expressions.items() -%}
    {%- do assignments.append(column ~ ' = ' ~ expression) -%}
  {%- endfor -%}
  {{ return(assignments) }}
{% endmacro %}

{# The clauses of a merge that configures none, in the shape of those it could configure. #}
{% macro merge_clause_defaults(merge_update_condition, merge_insert_condition, merge_update_columns=[], merge_exclude_columns=[], merge_update_set_expressions={}) -%}
  {%- set chosen = {
    'include': merge_update_columns, 'exclude': merge_exclude_columns, 'set_expressions': merge_update_set_expressions
  } -%}
  {{ return({
    'when_matched_update_by_name': {'action': 'update', 'condition': merge_update_condition, 'mode': 'by_name'},
    'when_matched_update_explicit': {
      'action': 'update', 'condition': merge_update_condition, 'mode': 'explicit', 'update': chosen
    },
    'when_not_matched_insert_by_name': {'action': 'insert', 'condition': merge_insert_condition, 'mode': 'by_name'},
  }) }}
{%- endmacro %}
