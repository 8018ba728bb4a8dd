{#
    One key from several columns: the md5 of their text, null told apart from the empty string.

    Only for text, integers and dates, whose text is the same in every warehouse.
#}
{% macro surrogate_key(columns) -%}
    md5({{ text_of(columns) }})::varchar(32)
{%- endmacro %}


{# A fingerprint of a row's attributes, to see whether it changed: sha2-256 of their text, in the given order. #}
{% macro hashdiff(columns) -%}
    sha2({{ text_of(columns) }}, 256)::varchar(64)
{%- endmacro %}


{# The columns as one text, with bars in between. #}
{% macro text_of(columns) -%}
    {%- for column in columns -%}
        coalesce({{ column }}::varchar, '<null>'){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
