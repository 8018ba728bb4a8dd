{#
    Tokens that a tool used but did not report, by the method of that tool (macros/lists/ai_tools.sql): number(38, 0).

    native       none: the tool reports all of them
    per_request  a fixed number of tokens a request
    per_line     a fixed number of tokens a line that was accepted without its tokens being reported
#}
{% macro estimated_tokens(method, request_count, lines_without_tokens) -%}
    {%- if method == 'native' -%}
        0::number(38, 0)
    {%- elif method == 'per_request' -%}
        ({{ request_count }} * {{ var('tokens_per_cli_request') }})::number(38, 0)
    {%- elif method == 'per_line' -%}
        ({{ lines_without_tokens }} * {{ var('tokens_per_accepted_line') }})::number(38, 0)
    {%- else -%}
        {{ exceptions.raise_compiler_error("No way to count tokens is called '" ~ method ~ "': use native, per_request or per_line.") }}
    {%- endif -%}
{%- endmacro %}
