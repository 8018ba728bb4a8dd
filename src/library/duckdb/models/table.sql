{# A table: built beside the old one and swapped in, except where a foreign key ties it to its name. #}
{% materialization table, adapter="duckdb", supported_languages=['sql', 'python'] %}
  {%- set language = model['language'] -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {# older versions of DuckLake lose a layout in a rename, and cannot take comments in the same transaction #}
  {%- set forgets_layout = adapter.use_ducklake_table_workarounds(target_relation) -%}
  {%- set builds_in_place = has_foreign_key_constraints(existing_relation) -%}
  {%- set grant_config = config.get('grants') -%}

  {# left over, if a run broke off here #}
  {% for leftover in [load_cached_relation(intermediate_relation), load_cached_relation(backup_relation)] %}
    {{ drop_relation_if_exists(leftover) }}
  {% endfor %}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) -%}
  {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) -%}
  {% set dependents = drop_relation_for_rebuild(existing_relation) if builds_in_place and existing_relation is not none else [] %}
  {% set built = target_relation if builds_in_place else intermediate_relation %}
  {% call statement('main', language=language) -%}
    {{- create_table_as(False, built, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by) }}
  {%- endcall %}
  {% if not builds_in_place %}
    {% if existing_relation is not none %}
      {% do drop_indexes_on_relation(existing_relation) %}
      {% if existing_relation.is_table and may_be_foreign_key_target(existing_relation) %}
        {% set dependents = drop_foreign_key_dependents(existing_relation) %}
      {% endif %}
      {{ adapter.rename_relation(existing_relation, backup_relation) }}
    {% endif %}
    {{ adapter.rename_relation(intermediate_relation, target_relation) }}
  {% endif %}
  {% do restore_foreign_key_dependents(dependents) %}
  {% do create_indexes(target_relation) %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% if not forgets_layout %}
    {% do persist_docs(target_relation, model) %}
  {% endif %}
  {{ adapter.commit() }}
  {% if forgets_layout %}
    {% if partitioned_by %}
      {% call statement('reassert_partitioned_by', auto_begin=False) -%}
        {{ duckdb__alter_table_set_partitioned_by(target_relation, partitioned_by) }}
      {%- endcall %}
    {% endif %}
    {% if sorted_by %}
      {% call statement('reassert_sorted_by', auto_begin=False) -%}
        {{ duckdb__alter_table_set_sorted_by(target_relation, sorted_by) }}
      {%- endcall %}
    {% endif %}
    {% do persist_docs(target_relation, model) %}
  {% endif %}

  {{ drop_relation_if_exists(backup_relation) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
