{{ config(group='developer_experience', tags=['reconciliation']) }}

-- Nothing is lost or counted twice on the way to the mart: for each tool, requests and reported tokens are those of
-- its staging model.

with staged as (
    {% for tool in ai_tools() -%}
    select
        '{{ tool.name }}' as tool,
        sum({{ tool.requests }}) as request_count,
        {{ '0' if tool.tokens is none else 'sum(coalesce(' ~ tool.tokens ~ ', 0))' }} as reported_tokens
    from {{ ref(tool.model) }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

marted as (
    select
        tool,
        sum(request_count) as request_count,
        sum(coalesce(reported_tokens, 0)) as reported_tokens
    from {{ ref('fct_ai_telemetry__tool_daily_metrics') }}
    group by tool
)

select
    staged.tool,
    staged.request_count as staged_requests,
    marted.request_count as marted_requests,
    staged.reported_tokens as staged_tokens,
    marted.reported_tokens as marted_tokens
from staged
left join marted
    on staged.tool = marted.tool
where
    marted.tool is null
    or staged.request_count <> marted.request_count
    or staged.reported_tokens <> marted.reported_tokens
