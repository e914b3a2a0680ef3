"""Facts in bulk: tables of Parquet files, and the engines that query them."""
