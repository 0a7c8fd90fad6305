#' ---
#' title: "A ledger in R"
#' ---
#'
#' What Hedgerow keeps is a file that R reads as it is: SQLite through `DBI` and `RSQLite` (Debian: `r-cran-dbi`, `r-cran-rsqlite`), CSV through base R,
#' Parquet through `arrow`. No package of ours is needed. This page is a script: `Rscript r/vignette.R hedgerow.sqlite out/`, or `knitr::spin("r/vignette.R")`.
#' Make a ledger first:
#'
#'     hedgerow import claims starter/claims.jsonl --documents starter/documents.jsonl --ledger hedgerow.sqlite
#'     hedgerow export --format csv --ledger hedgerow.sqlite --out hedgerow-csv.zip
#'     hedgerow hedge VNM --rivals USA,CHN --camp JPN=USA --series --format csv --ledger hedgerow.sqlite > hedge.csv

library(DBI)

given <- commandArgs(trailingOnly = TRUE)
path <- if (length(given) >= 1) given[[1]] else "hedgerow.sqlite"
out <- if (length(given) >= 2) given[[2]] else "."

#' ## The ledger
#'
#' Open it for reading only. The views `document`, `claims`, `facts`, `claim_party` and `directed_dyad_year` are described in `docs/ledger.md`.

ledger <- dbConnect(RSQLite::SQLite(), path, flags = RSQLite::SQLITE_RO)
dyads <- dbGetQuery(ledger, "SELECT * FROM directed_dyad_year WHERE actor = 'VNM' OR recipient = 'VNM'")
flows <- dbGetQuery(ledger, "
  SELECT claim_id, actors, type, stage, amount, currency, date_start, outlet, evidence
    FROM claims WHERE kind = 'flow' AND recipients = 'VNM' ORDER BY date_start")
stopifnot(nrow(dyads) > 0, nrow(flows) > 0)
print(head(flows[, c("actors", "type", "stage", "amount", "currency", "date_start")], 5))

#' Pledges are never payments: `stage` keeps them apart. A sum of money has a currency; without exchange rates sums of two currencies are not added.

sums <- aggregate(amount ~ actors + stage + currency, flows, sum)
print(sums[order(-sums$amount), ][seq_len(min(5, nrow(sums))), ])

#' ## An export
#'
#' `hedgerow export --format csv` gives the same as tables, with a codebook, a citation and the query in one zip.

export <- file.path(dirname(path), "hedgerow-csv.zip")
if (file.exists(export)) {
  claims <- read.csv(unz(export, "claims.csv"), fileEncoding = "UTF-8-BOM", na.strings = "")
  in_ledger <- dbGetQuery(ledger, "SELECT count(*) AS n FROM claims")$n
  stopifnot(nrow(claims) == in_ledger)
  cat(nrow(claims), "claims in the export, as in the ledger\n")
}

#' ## The plot of the README
#'
#' Where Vietnam stands between the United States (with Japan) and China at the end of each year. The numbers are those of `hedgerow hedge --series --format csv`;
#' rows with `level == "all"` are the whole, the others its domains and indicators.

series <- file.path(dirname(path), "hedge.csv")
if (file.exists(series)) {
  hedge <- read.csv(series, na.strings = "")
  whole <- subset(hedge, level == "all" & series == "delivered")
  whole$year <- as.integer(substr(whole$at, 1, 4))
  stopifnot(nrow(whole) > 1, all(diff(whole$year) == 1), all(abs(whole$lean) <= 1, na.rm = TRUE))
  lines_of <- c(lean = "L lean", within = "W within", offset = "O offset", depth = "G depth")
  colours <- c("#1b5e8c", "#b5541c", "#3f7d3a", "#7a5195")
  pdf(file.path(out, "hedge.pdf"), width = 8, height = 4.5, title = "Vietnam's hedge")
  matplot(whole$year, whole[, names(lines_of)],
    type = "o", pch = 16, lty = 1, col = colours, ylim = c(-1, 1), xlab = "", ylab = "",
    main = "Vietnam between USA+JPN (up) and CHN (down): delivered"
  )
  abline(h = 0, col = "grey")
  legend("bottomright", lines_of, col = colours, lty = 1, pch = 16, bty = "n")
  invisible(dev.off())
  cat("drawn:", sum(!is.na(whole$lean)), "years of", nrow(whole), "\n")
}

#' ## An archive
#'
#' Claims as Parquet (`hedgerow code … --format parquet --out archive/`, `docs/archive.md`) are read by R's `arrow` without being loaded whole: years that are
#' not asked for are not opened.
#'
#'     library(arrow); library(dplyr)
#'     open_dataset("archive/claims") |>
#'       filter(year >= 2010, kind == "event", recipients == "VNM") |>
#'       count(year, actors, quad) |>
#'       collect()

if (requireNamespace("arrow", quietly = TRUE) && length(given) >= 3) {
  data <- arrow::open_dataset(file.path(given[[3]], "claims"))
  cat(nrow(data), "claims in the archive\n")
}

dbDisconnect(ledger)
