{# Checks on the config of a merge: all faults are collected, and one error tells them. #}

{% macro validate_merge_config(config, target_relation=none) %}
  {%- set errors = [] -%}
  {%- set fields = {
    'merge_update_condition': 'string',
    'merge_insert_condition': 'string',
    'merge_on_using_columns': 'sequence',
    'merge_update_columns': 'sequence',
    'merge_update_set_expressions': 'mapping',
    'merge_exclude_columns': 'sequence',
    'merge_returning_columns': 'sequence',
  } -%}
  {%- set checks = {'string': validate_string_field, 'sequence': validate_string_list_field, 'mapping': validate_dict_field} -%}
  {%- for name, kind in fields.items() -%}
    {%- do checks[kind](config.get(name), name, errors) -%}
  {%- endfor -%}
  {%- do validate_merge_clauses(config, fields, errors) -%}
  {%- if not errors -%}
    {%- do validate_ducklake_restrictions(config, target_relation, errors) -%}
  {%- endif -%}
  {%- if errors -%}
    {%- do exceptions.raise_compiler_error('This merge is configured wrongly:\n' ~ errors | join('\n')) -%}
  {%- endif -%}
{% endmacro %}

{% macro validate_merge_clauses(config, base_configuration_fields, errors) -%}
  {%- set clauses = config.get('merge_clauses') -%}
  {%- if clauses is not none and clauses is not mapping -%}
    {%- do errors.append('merge_clauses: a dict is wanted, not ' ~ clauses) -%}
  {%- elif clauses is not none -%}
    {%- set present = ['when_matched', 'when_not_matched'] | select('in', clauses) | list -%}
    {%- if not present -%}
      {%- do errors.append('merge_clauses: neither when_matched nor when_not_matched is in it') -%}
    {%- endif -%}
    {%- for clause_type in present -%}
      {%- do validate_merge_clause_list(clauses, clause_type, errors) -%}
    {%- endfor -%}

    {%- set ignored = [] -%}
    {%- for name, kind in base_configuration_fields.items() if name not in ['merge_on_using_columns', 'merge_returning_columns'] -%}
      {%- set value = config.get(name) -%}
      {%- if value is not none and (kind == 'string' or value) -%}
        {%- do ignored.append(name) -%}
      {%- endif -%}
    {%- endfor -%}
    {%- if ignored -%}
      {%- do errors.append('merge_clauses says all there is to say, so these configs have no effect and should go: ' ~ ignored | join(', ')) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_merge_clause_list(merge_clauses, clause_type, errors) -%}
  {%- set clauses, name = merge_clauses.get(clause_type), 'merge_clauses.' ~ clause_type -%}
  {%- if clauses is not sequence or clauses is mapping or clauses is string -%}
    {%- do errors.append(name ~ ': a list is wanted') -%}
  {%- elif not clauses -%}
    {%- do errors.append(name ~ ': the list is empty') -%}
  {%- else -%}
    {%- for clause in clauses if clause is not mapping -%}
      {%- do errors.append(name ~ ': each clause is a dict, not ' ~ clause) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{# DuckLake's merge can return nothing, and can update or delete once. #}
{% macro validate_ducklake_restrictions(config, target_relation, errors) -%}
  {%- if not target_relation or not adapter.is_ducklake(target_relation) -%}
    {%- do return(none) -%}
  {%- endif -%}
  {%- if config.get('merge_returning_columns') -%}
    {%- do errors.append('merge_returning_columns: DuckLake returns nothing from a merge') -%}
  {%- endif -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set actions = clauses.get('when_matched', []) + clauses.get('when_not_matched', []) -%}
  {%- set writes = actions | selectattr('action', 'defined') | selectattr('action', 'in', ['update', 'delete']) | list | length -%}
  {%- if writes > 1 -%}
    {%- do errors.append('merge_clauses: DuckLake takes one update or delete in a merge, not ' ~ writes) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_string_field(field_value, field_name, errors) -%}
  {%- if field_value is not none and field_value is not string -%}
    {%- do errors.append(field_name ~ ': a string is wanted, not ' ~ field_value) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_string_list_field(field_value, field_name, errors) -%}
  {%- if field_value is none -%}
  {%- elif field_value is not sequence or field_value is mapping or field_value is string -%}
    {%- do errors.append(field_name ~ ': a list is wanted') -%}
  {%- else -%}
    {%- for item in field_value if item is not string -%}
      {%- do errors.append(field_name ~ ': a list of strings is wanted, not one with ' ~ item) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_dict_field(field_value, field_name, errors) -%}
  {%- if field_value is not none and field_value is not mapping -%}
    {%- do errors.append(field_name ~ ': a dict is wanted, not ' ~ field_value) -%}
  {%- endif -%}
{%- endmacro %}
