{#
    Fails for each row in which the column lies before another column of the row. Nulls have no order, and pass.

    earlier: the column that must not come later
#}
{% test not_before(model, column_name, earlier) %}

select
    {{ earlier }},
    {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ earlier }}

{% endtest %}
