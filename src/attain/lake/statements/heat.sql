-- What was offered by weekday (0 is Monday) and half hour of the local day, what of it attained, and
-- what may fall either side because no target was in force.
--
-- A span is a time of one site and channel over which both the offset from UTC and the target stay
-- the same, so that a local time is the instant and the offset of its span. An interval attains as
-- in the verdict; without a target `den` is 0.
WITH placed AS (
    SELECT
        (intervals.instant + spans.ahead) // 1800000000 AS half_hours,
        intervals.contacts_offered AS volume,
        CASE WHEN
            spans.den > 0
            AND intervals.contacts_answered > 0
            AND spans.den * intervals.contacts_within
                >= spans.of_offered * intervals.contacts_offered
                    + spans.of_answered * intervals.contacts_answered
            THEN intervals.contacts_offered
            ELSE 0
        END AS volume_attained,
        CASE WHEN spans.den = 0 AND intervals.contacts_answered > 0
            THEN intervals.contacts_offered
            ELSE 0
        END AS volume_open
    FROM intervals
    JOIN spans
        ON spans.span_site = intervals.site
        AND spans.span_channel = intervals.channel
        AND intervals.instant >= spans.from_instant
        AND intervals.instant < spans.until_instant
),

slotted AS (
    SELECT
        ((half_hours // 48) + 3) % 7 AS weekday,
        half_hours % 48 AS half_hour,
        volume,
        volume_attained,
        volume_open
    FROM placed
)

SELECT
    weekday,
    half_hour,
    SUM(volume) AS offered,
    SUM(volume_attained) AS attained,
    SUM(volume_open) AS open_volume
FROM slotted
GROUP BY weekday, half_hour
ORDER BY weekday, half_hour
