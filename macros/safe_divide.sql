{#
    A quotient that never fails: 0 where the denominator is 0.

    A null denominator gives null, or 0 with null_as_zero. Use it for shares and rates; an average over nothing is
    better left null, with nullif.
#}
{% macro safe_divide(numerator, denominator, null_as_zero=false) -%}
    {{ 'div0null' if null_as_zero else 'div0' }}({{ numerator }}, {{ denominator }})
{%- endmacro %}
