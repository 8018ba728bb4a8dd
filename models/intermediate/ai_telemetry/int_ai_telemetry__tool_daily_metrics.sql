{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='tool_daily_key',
        on_schema_change='append_new_columns',
        cluster_by=['usage_date'],
        snowflake_warehouse=dynamic_warehouse()
    )
}}

-- One row a person, day and tool, whatever the grain of the tool's own report. Late rows and restated days are met by
-- reading the last {{ var('telemetry_lookback_days') }} days again; what is later than that waits for a full refresh.

with
{% for tool in ai_tools() -%}
{{ tool.name }} as (
    select
        engineer_key,
        usage_date,
        '{{ tool.name }}' as tool,
        '{{ tool.category }}' as tool_category,
        '{{ tool.method }}' as token_method,
        sum({{ tool.requests }}) as request_count,
        {{ 'null' if tool.lines is none else 'sum(' ~ tool.lines ~ ')' }}::integer as lines_accepted,
        {{ 'null' if tool.tokens is none else 'sum(' ~ tool.tokens ~ ')' }}::integer as reported_tokens,
        {% if tool.lines is none -%}
        0
        {%- elif tool.tokens is none -%}
        sum({{ tool.lines }})
        {%- else -%}
        sum(iff({{ tool.tokens }} is null, {{ tool.lines }}, 0))
        {%- endif %}::integer as lines_without_tokens
    from {{ ref(tool.model) }}
    {% if is_incremental() -%}
    where usage_date >= (
        select dateadd(day, -{{ var('telemetry_lookback_days') }}, max(usage_date)) from {{ this }}
    )
    {% endif -%}
    group by engineer_key, usage_date
),

{% endfor -%}

unioned as (
    {% for tool in ai_tools() -%}
    select
        *,
        {{ estimated_tokens(tool.method, 'request_count', 'lines_without_tokens') }} as estimated_tokens
    from {{ tool.name }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

final as (
    select
        -- -------- ids
        {{ surrogate_key(['engineer_key', 'usage_date', 'tool']) }} as tool_daily_key,
        engineer_key,

        -- -------- attributes
        tool::varchar as tool,
        tool_category::varchar as tool_category,
        token_method::varchar as token_method,
        (estimated_tokens > 0)::boolean as is_token_estimate,

        -- -------- measures
        request_count::integer as request_count,
        lines_accepted,
        reported_tokens,
        estimated_tokens,
        (coalesce(reported_tokens, 0) + estimated_tokens)::number(38, 0) as total_tokens,

        -- -------- timestamps
        usage_date
    from unioned
)

select * from final
