{#
    Fails for each value below the minimum or above the maximum; both limits are allowed values. Nulls pass.

    minimum, maximum: an expression each; leave one out for a range that is open on that side
#}
{% test within_range(model, column_name, minimum=none, maximum=none) %}

{%- if minimum is none and maximum is none -%}
    {{ exceptions.raise_compiler_error('within_range on ' ~ model ~ '.' ~ column_name ~ ' needs a minimum, a maximum, or both.') }}
{%- endif %}

select {{ column_name }}
from {{ model }}
where
    false
    {%- if minimum is not none %}
    or {{ column_name }} < {{ minimum }}
    {%- endif %}
    {%- if maximum is not none %}
    or {{ column_name }} > {{ maximum }}
    {%- endif %}

{% endtest %}
