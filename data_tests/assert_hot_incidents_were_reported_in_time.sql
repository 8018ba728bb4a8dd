-- Hot and Cold say what they claim to say, on the rows that people read.

select
    incident_key,
    temperature,
    minutes_to_report
from {{ ref('fct_ops__incidents') }}
where
    (temperature = 'Hot') <> coalesce(minutes_to_report <= {{ var('hot_within_minutes') }}, false)
