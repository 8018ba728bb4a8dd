{#
    Minutes from one moment to a later one, to two decimals: number(18, 2).

    Counted in seconds, because datediff(minute, ...) counts the minute marks that were crossed, and 4 hours and
    1 second would pass as 240 minutes. Null where either moment is missing, and where the order is impossible: a clock
    that went backwards measured nothing.
#}
{% macro minutes_between(earlier, later) -%}
    iff({{ later }} >= {{ earlier }}, round(datediff(second, {{ earlier }}, {{ later }}) / 60, 2), null)::number(18, 2)
{%- endmacro %}
