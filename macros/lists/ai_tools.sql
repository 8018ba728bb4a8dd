{#
    The AI tools, what each measures, and how its tokens are counted. The one place that lists them.

    name      what the marts call it
    model     its staging model, with engineer_key and usage_date
    category  gateway, assistant or ide
    requests  a sum of this column, or of 1 for each row; lines and tokens likewise, none where the tool has no such number
    method    see macros/estimated_tokens.sql
    grain     what one row of the vendor's report covers; a weekly report is dated by its Monday
#}
{% macro ai_tools() -%}
    {{ return([
        {
            'name': 'llm_gateway', 'model': 'stg_ai_telemetry__llm_gateway_requests', 'category': 'gateway',
            'grain': 'request', 'requests': '1', 'lines': none, 'tokens': 'total_tokens', 'method': 'native',
        },
        {
            'name': 'model_proxy', 'model': 'stg_ai_telemetry__gateway_activity', 'category': 'gateway',
            'grain': 'day', 'requests': 'request_count', 'lines': none, 'tokens': 'total_tokens', 'method': 'native',
        },
        {
            'name': 'cli_assistant', 'model': 'stg_ai_telemetry__cli_assistant_usage', 'category': 'assistant',
            'grain': 'session', 'requests': 'request_count', 'lines': none, 'tokens': none, 'method': 'per_request',
        },
        {
            'name': 'ide_completion', 'model': 'stg_ai_telemetry__ide_completion_daily', 'category': 'ide',
            'grain': 'day', 'requests': 'suggestions_shown', 'lines': 'lines_accepted', 'tokens': none, 'method': 'per_line',
        },
        {
            'name': 'ide_editor', 'model': 'stg_ai_telemetry__ide_editor_daily', 'category': 'ide',
            'grain': 'day', 'requests': 'request_count', 'lines': 'lines_accepted', 'tokens': none, 'method': 'per_line',
        },
        {
            'name': 'ide_assistant', 'model': 'stg_ai_telemetry__ide_assistant_events', 'category': 'ide',
            'grain': 'event', 'requests': '1', 'lines': 'lines_accepted', 'tokens': 'total_tokens', 'method': 'per_line',
        },
        {
            'name': 'chat_assistant', 'model': 'stg_ai_telemetry__chat_assistant_weekly', 'category': 'assistant',
            'grain': 'week', 'requests': 'message_count', 'lines': none, 'tokens': 'total_tokens', 'method': 'native',
        },
    ]) }}
{%- endmacro %}


{# The names alone, for accepted values and loops that need no more. #}
{% macro ai_tool_names() -%}
    {{ return(ai_tools() | map(attribute='name') | list) }}
{%- endmacro %}
