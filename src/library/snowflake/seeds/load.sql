{# Seeds: nobody who reads while one is loaded sees it empty or half full. #}

{% macro snowflake__create_csv_table(model, agate_table) %}
  {% set transient = adapter.build_catalog_relation(config.model).is_transient %}
  {{ return(dagbook__create_csv_table('create transient table' if transient else 'create table', model, agate_table)) }}
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

{# All batches in one transaction; the first overwrites what was there, the others add. #}
{% macro snowflake__load_csv_rows(model, agate_table) %}
  {% set in_transaction = not snowflake__is_catalog_linked_database(relation=config.model) %}
  {% set sent = [] %}
  {% if in_transaction %}
    {% do adapter.add_query('BEGIN', auto_begin=False) %}
  {% endif %}
  {% for chunk in agate_table.rows | batch(get_batch_size()) %}
    {% set text = dagbook__insert_rows_sql('insert overwrite into' if loop.first else 'insert into', model, agate_table, chunk, '%s') %}
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
