{# Snowflake commits every statement by itself unless told otherwise; DML is sent in a transaction of its own. #}
{% macro snowflake_dml_explicit_transaction(dml) %}
  {% set wrapped -%}
    begin;
    {{ dml }};
    commit;
  {%- endset %}
  {% do return(wrapped) %}
{% endmacro %}

{# The same, but bare where the place cannot have transactions: a database linked to an outside catalog. #}
{% macro dagbook__snowflake_dml(dml, place) %}
  {% do return(dml if snowflake__is_catalog_linked_database(relation=place) else snowflake_dml_explicit_transaction(dml)) %}
{% endmacro %}

{# Whether a relation, or a model's config, lies in a database linked to an outside catalog. #}
{% macro snowflake__is_catalog_linked_database(relation=none, catalog_relation=none) -%}
  {%- if catalog_relation is not none -%}
    {%- set catalog = catalog_relation -%}
  {%- elif relation and relation.config -%}
    {%- set catalog = adapter.build_catalog_relation(relation) -%}
  {%- elif relation and relation.catalog -%}
    {%- set catalog = adapter.get_catalog_integration(relation.catalog) -%}
  {%- else -%}
    {%- set catalog = none -%}
  {%- endif -%}
  {{ return(true if catalog is not none and catalog | attr('catalog_linked_database') else false) }}
{%- endmacro %}
