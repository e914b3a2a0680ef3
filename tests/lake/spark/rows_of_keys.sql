SELECT
  intervals.file_name AS in_file,
  intervals.row_number AS in_row,
  wanted.repeated_site AS wanted_site,
  wanted.repeated_channel AS wanted_channel,
  wanted.repeated_instant AS wanted_instant
FROM intervals
JOIN wanted
  ON wanted.repeated_site = intervals.site
  AND wanted.repeated_channel = intervals.channel
  AND wanted.repeated_instant = intervals.instant
ORDER BY
  in_file NULLS LAST,
  in_row NULLS LAST
LIMIT :most
