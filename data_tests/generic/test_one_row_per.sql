{#
    Fails for each combination of the columns that occurs on more than one row: the grain of a model, tested.
#}
{% test one_row_per(model, columns) %}

select
    {{ columns | join(',\n    ') }},
    count(*) as row_count
from {{ model }}
group by
    {{ columns | join(',\n    ') }}
having count(*) > 1

{% endtest %}
