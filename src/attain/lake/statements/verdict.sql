-- The verdict over every interval of a dossier or an estate: what was offered in each place, what
-- of it attained, and whether all rows can be.
--
-- A place is a key (a site and a channel) in one stretch of its calendar: a span of time in one
-- local month with one target in force. A stretch is listed once for every block of time that it
-- touches, so that an interval finds its own by equality; then its bounds decide. The blocks before
-- the first and after the last stand for all the time there.
--
-- An interval attains when  den * within >= of_offered * offered + of_answered * answered , all in
-- whole numbers. One of the two factors is 0, as the target is of the offered or of the answered;
-- where there is no target all three are 0, so that `attained` adds up what may fall either side.
-- With contacts offered and none answered it never attains.
--
-- Repeated starts: each cell of 48 slots keeps a bit for every slot that an interval starts in. Where
-- no two share a slot, no start is repeated. `crowded` counts the cells in which two do: there, and
-- only there, the starts have to be looked at one by one.
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
    JOIN stretches ON stretches.calendar_id = keys.key_calendar
),

placed AS (
    SELECT
        places.key_id,
        places.stretch_id,
        (intervals.instant - places.from_instant) // CAST($slot AS BIGINT) AS slot,
        intervals.contacts_offered,
        intervals.contacts_answered,
        intervals.contacts_within,
        places.den * intervals.contacts_within AS reached,
        places.of_offered * intervals.contacts_offered
            + places.of_answered * intervals.contacts_answered AS needed
    FROM intervals
    JOIN places
        ON places.key_site = intervals.site
        AND places.key_channel = intervals.channel
        AND places.block
            = GREATEST($first_block, LEAST($last_block, intervals.instant // CAST($block AS BIGINT)))
        AND intervals.instant >= places.from_instant
        AND intervals.instant < places.until_instant
    -- No text of such a length is a key; comparing millions of them would take hours.
    WHERE STRLEN(intervals.site) <= 200
        AND STRLEN(intervals.channel) <= 200
),

cells AS (
    SELECT
        key_id,
        stretch_id,
        slot // 48 AS cell,
        COUNT(*) AS cell_rows,
        COUNT_IF(
            contacts_within >= 0
            AND contacts_answered >= contacts_within
            AND contacts_offered >= contacts_answered
        ) AS cell_sound,
        SUM(contacts_offered) AS cell_offered,
        SUM(
            CASE WHEN contacts_answered > 0 AND reached >= needed THEN contacts_offered ELSE 0 END
        ) AS cell_attained,
        BIT_OR(CAST(1 AS BIGINT) << CAST(slot % 48 AS INTEGER)) AS slots_taken
    FROM placed
    GROUP BY key_id, stretch_id, slot // 48
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
GROUP BY key_id, stretch_id
