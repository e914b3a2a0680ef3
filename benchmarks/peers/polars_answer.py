"""The same volumes by polars: attained and offered for each site, channel and month."""

import sys
from pathlib import Path

import polars as pl

folder = Path(sys.argv[1])
answer = (
    pl.scan_parquet(folder / "intervals" / "*.parquet")
    .filter(pl.col("offered") > 0)
    .with_columns(
        month=pl.col("start").dt.convert_time_zone("Europe/London").dt.strftime("%Y-%m"),
        attains=(pl.col("answered") > 0)
        & (5 * pl.col("within_threshold").cast(pl.Int64) >= 4 * pl.col("offered").cast(pl.Int64)),
    )
    .group_by("site", "channel", "month")
    .agg(
        offered=pl.col("offered").cast(pl.Int64).sum(),
        attained=pl.col("offered").filter(pl.col("attains")).cast(pl.Int64).sum(),
    )
    .collect(engine="streaming")
)
sys.stdout.write(f"{answer.height} places\n")
