{% macro py_write_table(compiled_code, target_relation, temporary=False) %}
  {% do dagbook__no_python(model) %}
{% endmacro %}
