{% macro py_write_table(temporary, relation, compiled_code, partitioned_by=none, sorted_by=none) -%}
  {% do dagbook__no_python(model) %}
{%- endmacro %}
