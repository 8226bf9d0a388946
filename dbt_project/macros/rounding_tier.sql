{#-
    The tier of an identity, from nothing but the printed precision of its amounts.

    A number printed with step u stands for any value within u/2 of it. `reach` is the farthest that
    rounding alone can move the two sides apart: the sum of the half steps of every non-zero amount
    printed, the total included. The interval is half-open, so reach itself is never attained.

    A printed 0.00 may hide less than half a step. It widens only the last tier, and only in the
    direction in which a hidden amount can explain the gap: hidden parts make a total larger.

    Where each side is one amount (two printings of one quantity), both were rounded from the same
    number and must be equal. A gap of one step is a copy that was typed or summed again.

    Arguments are column names or expressions of the calling query:
        gap            left minus right in yuan; for an inequality only what exceeds it, else 0
        reach          see above
        zero_reach     half steps of the printed zeros that can explain a gap of this sign
        amount_count   non-zero amounts printed on both sides, at least one a side that prints any
        largest_step   the coarsest step u among them
        smallest_step  the finest
        step_squares   Σu² over them, used where the steps differ
-#}
{% macro rounding_tier(
    gap, reach, zero_reach, amount_count, largest_step, smallest_step, step_squares
) -%}
case
    when {{ gap }} = 0 then 'exact'
    when
        abs({{ gap }}) < {{ reach }}
        and abs({{ gap }}) <= greatest(
            {{ largest_step }},
            {#- 3.3 standard deviations of a sum of uniform roundings, in whole steps -#}
            case
                when {{ largest_step }} = {{ smallest_step }}
                    then
                        cast(floor(3.3 * sqrt({{ amount_count }} / 12.0) + 0.5) as integer)
                        * {{ largest_step }}
                else cast(3.3 * sqrt({{ step_squares }} / 12.0) as decimal(24, 6))
            end
        )
        then 'rounding_likely'
    when abs({{ gap }}) < {{ reach }} + {{ zero_reach }} then 'rounding_possible'
    when
        {{ amount_count }} = 2
        and {{ largest_step }} = {{ smallest_step }}
        and abs({{ gap }}) <= {{ largest_step }}
        then 'copy_mismatch'
    else 'violation'
end
{%- endmacro %}
