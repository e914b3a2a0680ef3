WITH places AS (
  SELECT
    keys.key_id,
    keys.key_site,
    keys.key_channel,
    stretches.stretch_id,
    stretches.block,
    stretches.from_instant,
    stretches.until_instant,
    stretches.of_offered,
    stretches.of_answered,
    stretches.den
  FROM keys
  JOIN stretches
    ON stretches.calendar_id = keys.key_calendar
), placed AS (
  SELECT
    places.key_id,
    places.stretch_id,
    (
      intervals.instant - places.from_instant
    ) DIV CAST(:slot AS BIGINT) AS slot,
    intervals.contacts_offered,
    intervals.contacts_answered,
    intervals.contacts_within,
    places.den * intervals.contacts_within AS reached,
    places.of_offered * intervals.contacts_offered + places.of_answered * intervals.contacts_answered AS needed
  FROM intervals
  JOIN places
    ON places.key_site = intervals.site
    AND places.key_channel = intervals.channel
    AND places.block = GREATEST(:first_block, LEAST(:last_block, intervals.instant DIV CAST(:block AS BIGINT)))
    AND intervals.instant >= places.from_instant
    AND intervals.instant < places.until_instant
  WHERE
    OCTET_LENGTH(intervals.site) <= 200 AND OCTET_LENGTH(intervals.channel) <= 200
), cells AS (
  SELECT
    key_id,
    stretch_id,
    slot DIV 48 AS cell,
    COUNT(*) AS cell_rows,
    COUNT_IF(
      contacts_within >= 0
      AND contacts_answered >= contacts_within
      AND contacts_offered >= contacts_answered
    ) AS cell_sound,
    SUM(contacts_offered) AS cell_offered,
    SUM(
      CASE
        WHEN contacts_answered > 0 AND reached >= needed
        THEN contacts_offered
        ELSE 0
      END
    ) AS cell_attained,
    BIT_OR(SHIFTLEFT(CAST(1 AS BIGINT), CAST(slot % 48 AS INT))) AS slots_taken
  FROM placed
  GROUP BY
    key_id,
    stretch_id,
    slot DIV 48
)
SELECT
  key_id,
  stretch_id,
  SUM(cell_rows) AS row_total,
  SUM(cell_sound) AS sound_total,
  SUM(cell_offered) AS offered_total,
  SUM(cell_attained) AS attained_total,
  COUNT_IF(BIT_COUNT(slots_taken) < cell_rows) AS crowded
FROM cells
GROUP BY
  key_id,
  stretch_id
