{# Column names and small expressions of snapshots. #}

{% macro get_snapshot_table_column_names() %}
  {{ return({
    'dbt_valid_to': 'dbt_valid_to',
    'dbt_valid_from': 'dbt_valid_from',
    'dbt_scd_id': 'dbt_scd_id',
    'dbt_updated_at': 'dbt_updated_at',
    'dbt_is_deleted': 'dbt_is_deleted',
  }) }}
{% endmacro %}

{# As the project names them, one by one, or as dbt does. #}
{% macro dagbook__snapshot_columns() %}
  {% set names = config.get('snapshot_table_column_names') %}
  {% if not names %}
    {% set names = get_snapshot_table_column_names() %}
    {% for column, name in (config.get('snapshot_meta_column_names') or {}).items() if name %}
      {% do names.update({column: name}) %}
    {% endfor %}
  {% endif %}
  {{ return(names) }}
{% endmacro %}

{# `valid to` of a version that still holds: null, or the configured far future. `nullif` with itself gives null its type. #}
{% macro get_dbt_valid_to_current(strategy, columns) %}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }})
  as {{ columns.dbt_valid_to }}
{% endmacro %}

{# The unique key under names of our own: dbt_unique_key, or dbt_unique_key_1, _2, ... of a list. #}
{% macro unique_key_fields(unique_key) %}
    {% if unique_key | is_list %}
        {% for key in unique_key %}
            {{ key }} as dbt_unique_key_{{ loop.index }}
            {%- if not loop.last %} , {%- endif %}
        {% endfor %}
    {% else %}
        {{ unique_key }} as dbt_unique_key
    {% endif %}
{% endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) %}
    {% if unique_key | is_list %}
        {% for key in unique_key %}
            {% set name = '.dbt_unique_key_' ~ loop.index %}
            {{ equals((identifier ~ name) | trim, (from_identifier ~ name) | trim) }}
            {%- if not loop.last %} and {%- endif %}
        {% endfor %}
    {% else %}
        {{ identifier }}.dbt_unique_key = {{ from_identifier }}.dbt_unique_key
    {% endif %}
{% endmacro %}

{# The first column of a list stands for all: an outer join leaves either none of them null or all. #}
{% macro unique_key_is_null(unique_key, identifier) %}
    {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is null
{% endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) %}
    {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is not null
{% endmacro %}
