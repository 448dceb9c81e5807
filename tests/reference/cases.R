# What the scripts `make-*.R` share: designs on the data, and the form of a case.
#
# Made with R 4.2.2, survey 4.5 and jsonlite 1.8.4. Run each in the folder of this script:
#   for script in make-*.R; do Rscript $script; done

library(survey)
library(jsonlite)

read <- function(file) {
  read.csv(file, na.strings = "", check.names = FALSE)
}
samples <- "../../samples/api-schools/"

# A design: R's object, the data file, and the keys of the case. `weighted` makes one by
# `svydesign` from the names of columns.
design <- function(object, data, ...) list(object = object, data = data, keys = list(...))

as_formula <- function(names) {
  if (is.null(names)) return(NULL)
  as.formula(paste("~", paste0("`", names, "`", collapse = " + ")))
}

weighted <- function(data, ..., keys = list(...)) {
  object <- svydesign(ids = if (is.null(keys$cluster)) ~1 else as_formula(keys$cluster),
                      strata = as_formula(keys$strata), weights = as_formula(keys$weights),
                      fpc = as_formula(keys$fpc), nest = isTRUE(keys$nest), data = read(data))
  list(object = object, data = data, keys = keys)
}

poll <- weighted("data/poll500.csv", weights = "weight")
poll_clusters <- weighted("data/poll500.csv", weights = "weight", cluster = "workplace")
poll_strata <- weighted("data/poll500.csv", weights = "weight", strata = "region")
poll_nested <- weighted("data/poll500.csv", weights = "weight", strata = "sector",
                        cluster = "workplace", nest = TRUE)
small <- weighted("data/fpc.csv", weights = "weight", strata = "stratid", cluster = "psuid",
                  fpc = "Nh", nest = TRUE)
simple <- weighted("data/apisrs.csv", weights = "pw", fpc = "fpc")
stratified <- weighted(paste0(samples, "apistrat.csv"), weights = "pw", strata = "stype",
                       fpc = "fpc")
one_stage <- weighted(paste0(samples, "apiclus1.csv"), weights = "pw", cluster = "dnum",
                      fpc = "fpc")
two_stage <- weighted(paste0(samples, "apiclus2.csv"), weights = "pw",
                      cluster = c("dnum", "snum"), fpc = c("fpc1", "fpc2"))

# JSON with what fits on one line on one line.
written <- function(value, indent = "") {
  if (!is.list(value)) {
    parts <- vapply(value, function(one) {
      paste(toJSON(one, auto_unbox = TRUE, digits = NA, na = "null"))
    }, "", USE.NAMES = FALSE)
    if (length(value) == 1 && !inherits(value, "AsIs")) return(parts)
    return(paste0("[", paste(parts, collapse = ", "), "]"))
  }
  inner <- paste0(indent, "  ")
  parts <- vapply(value, written, "", indent = inner)
  if (!is.null(names(value))) {
    keys <- vapply(names(value), function(key) toJSON(key, auto_unbox = TRUE), "")
    parts <- paste0(keys, ": ", parts)
  }
  ends <- if (is.null(names(value))) c("[", "]") else c("{", "}")
  flat <- paste0(ends[1], paste(parts, collapse = ", "), ends[2])
  if (nchar(flat) + nchar(indent) <= 110 && !grepl("\n", flat)) return(flat)
  paste0(ends[1], "\n", paste0(inner, parts, collapse = ",\n"), "\n", indent, ends[2])
}

write_case <- function(id, design, ask, answer, rel_tol = 1e-8, note = NULL) {
  case <- list(id = id, data = design$data, design = design$keys, ask = ask, answer = answer,
               rel_tol = rel_tol)
  case$note <- note
  writeLines(written(case), paste0("cases/", id, ".json"))
}

wald <- function(est, se, df) est + c(-1, 1) * qt(0.975, df) * se

figures <- function(est, se, df) {
  list(est = as.vector(est), se = as.vector(se), ci = wald(as.vector(est), as.vector(se), df))
}

# A row for each estimate of R's statistic.
rows <- function(stat, names, df, deff = FALSE) {
  one <- function(i) {
    row <- figures(coef(stat)[[i]], SE(stat)[[i]], df)
    if (deff) row$deff <- survey::deff(stat)[[i]]
    row
  }
  setNames(lapply(seq_along(names), one), names)
}

# A formula of one column, whatever its name.
of <- function(name) as_formula(name)
levels_of <- function(d, by) sort(unique(na.omit(as.character(d$variables[[by]]))))
group <- function(d, by, level) d[which(d$variables[[by]] == level), ]
answered <- function(d, ...) d[stats::complete.cases(d$variables[, c(...), drop = FALSE]), ]
shares <- function(d, var) svymean(as.formula(paste0("~factor(`", var, "`)")), answered(d, var))
share_rows <- function(d, var, df) {
  rows(shares(d, var), levels_of(answered(d, var), var), df)
}
# What `of_group` gives in each group.
by_level <- function(d, by, of_group) {
  sapply(levels_of(d, by), function(l) of_group(group(d, by, l)), simplify = FALSE)
}
