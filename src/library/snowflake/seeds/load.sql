{# Seeds: nobody who reads while one is loaded sees it empty or half full. #}

{% macro snowflake__create_csv_table(model, agate_table) %}
  {% set transient = adapter.build_catalog_relation(config.model).is_transient %}
  {{ return(dagbook__create_csv_table('create transient table' if transient else 'create table', model, agate_table, this)) }}
{% endmacro %}

{# Nothing is emptied here, as the load overwrites; unless there is nothing to load. #}
{% macro snowflake__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {% if full_refresh %}
    {{ adapter.drop_relation(old_relation) }}
    {{ return(create_csv_table(model, agate_table)) }}
  {% elif agate_table.rows | length == 0 %}
    {{ adapter.truncate_relation(old_relation) }}
  {% endif %}
  {{ return('') }}
{% endmacro %}

{#
  A seed that is made anew, in our own style: filled beside its place, then put there in one step. {create, insert}: the texts
  of the first of each, for the record.
#}
{% macro dagbook__snowflake_seed_anew(model, agate_table, old_relation) %}
  {% set transient = adapter.build_catalog_relation(config.model).is_transient %}
  {% set aside = make_intermediate_relation(this.incorporate(type='table')) %}
  {% set verb = 'create or replace transient table' if transient else 'create or replace table' %}
  {% set made = {'create': dagbook__create_csv_table(verb, model, agate_table, aside), 'insert': ''} %}
  {% for chunk in agate_table.rows | batch(get_batch_size()) %}
    {% set text = dagbook__insert_rows_sql('insert into ' ~ aside.render(), model, agate_table, chunk, '%s') %}
    {% do adapter.add_query(text, bindings=dagbook__row_values(chunk), abridge_sql_log=True) %}
    {% do made.update({'insert': text}) if loop.first %}
  {% endfor %}
  {% if old_relation is none %}
    {% do adapter.rename_relation(aside, this.incorporate(type='table')) %}
  {% else %}
    {% do run_query('alter table ' ~ this.render() ~ ' swap with ' ~ aside.render()) %}
    {% do adapter.drop_relation(aside) %}
  {% endif %}
  {{ return(made) }}
{% endmacro %}

{# All batches in one transaction; the first overwrites what was there, the others add. #}
{% macro snowflake__load_csv_rows(model, agate_table) %}
  {% set in_transaction = not snowflake__is_catalog_linked_database(relation=config.model) %}
  {% set sent = [] %}
  {% if in_transaction %}
    {% do adapter.add_query('BEGIN', auto_begin=False) %}
  {% endif %}
  {% for chunk in agate_table.rows | batch(get_batch_size()) %}
    {% set text = dagbook__insert_rows_sql(('insert overwrite into ' if loop.first else 'insert into ') ~ this.render(), model, agate_table, chunk, '%s') %}
    {% do adapter.add_query(text, bindings=dagbook__row_values(chunk), abridge_sql_log=True) %}
    {% do sent.append(text) if loop.first %}
  {% else %}
    {% set names = get_seed_column_quoted_csv(model, agate_table.column_names) %}
    {% set text = 'insert overwrite into ' ~ this.render() ~ ' (' ~ names ~ ') select ' ~ names ~ ' from ' ~ this.render() ~ ' where 1=0' %}
    {% do adapter.add_query(text, abridge_sql_log=True) %}
    {% do sent.append(text) %}
  {% endfor %}
  {% if in_transaction %}
    {% do adapter.add_query('COMMIT', auto_begin=False) %}
  {% endif %}
  {{ return(sent[0]) }}
{% endmacro %}
