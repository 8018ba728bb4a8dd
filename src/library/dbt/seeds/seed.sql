{# A seed: a csv file as a table. #}

{% materialization seed, default %}
  {%- set full_refresh = should_full_refresh() -%}
  {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set exists_as_table = old_relation is not none and old_relation.is_table -%}
  {%- set grant_config = config.get('grants') -%}
  {%- set agate_table = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {% if old_relation is not none and old_relation.is_view %}
    {% do exceptions.raise_compiler_error('The name of this seed is taken by a view: ' ~ old_relation.render()) %}
  {% elif (full_refresh or not exists_as_table) and adapter.dagbook__loads_seeds_aside() %}
    {% set anew = dagbook__snowflake_seed_anew(model, agate_table, old_relation if exists_as_table else none) %}
  {% elif exists_as_table %}
    {% set prepare_sql = reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {% else %}
    {% set prepare_sql = create_csv_table(model, agate_table) %}
  {% endif %}
  {% set row_count = agate_table.rows | length %}
  {% if anew is not defined %}
    {% set insert_sql = load_csv_rows(model, agate_table) if row_count > 0 else '' %}
  {% endif %}

  {# all is sent by now; this is what the node is reported to have run #}
  {% set code = 'CREATE' if full_refresh else 'INSERT' %}
  {% call noop_statement('main', code ~ ' ' ~ row_count, code, row_count) %}
    {{ get_csv_sql(anew.create if anew is defined else prepare_sql, anew.insert if anew is defined else insert_sql) }};
  {% endcall %}

  {% set target_relation = this.incorporate(type='table') %}
  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(old_relation, full_refresh)) %}
  {% do persist_docs(target_relation, model) %}
  {% if full_refresh or not exists_as_table %}
    {% do create_indexes(target_relation) %}
  {% endif %}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
