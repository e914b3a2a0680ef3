WITH placed AS (
  SELECT
    (
      intervals.instant + spans.ahead
    ) DIV 1800000000 AS half_hours,
    intervals.contacts_offered AS volume,
    CASE
      WHEN spans.den > 0
      AND intervals.contacts_answered > 0
      AND spans.den * intervals.contacts_within >= spans.of_offered * intervals.contacts_offered + spans.of_answered * intervals.contacts_answered
      THEN intervals.contacts_offered
      ELSE 0
    END AS volume_attained,
    CASE
      WHEN spans.den = 0 AND intervals.contacts_answered > 0
      THEN intervals.contacts_offered
      ELSE 0
    END AS volume_open
  FROM intervals
  JOIN spans
    ON spans.span_site = intervals.site
    AND spans.span_channel = intervals.channel
    AND intervals.instant >= spans.from_instant
    AND intervals.instant < spans.until_instant
), slotted AS (
  SELECT
    (
      (
        half_hours DIV 48
      ) + 3
    ) % 7 AS weekday,
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
GROUP BY
  weekday,
  half_hour
ORDER BY
  weekday NULLS LAST,
  half_hour NULLS LAST
