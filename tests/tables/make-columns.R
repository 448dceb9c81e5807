# Makes columns.csv: the columns of tables of Californian schools compared by R survey (4.5),
# each pair and each against the others, with p adjusted by Holm within row and kind.
#
# A group is a domain of the whole sample; degrees of freedom are those of the two groups.
# Shares need five in the answer and five not in it on either side.
library(survey)

schools <- function(file) read.csv(file.path("../../samples/api-schools", file))
designs <- list(
  clusters = svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = schools("apiclus1.csv")),
  strata = svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc,
                     data = schools("apistrat.csv")))
rows <- list(sch_wide = function(d) d$sch.wide == "Yes", awards = function(d) d$awards == "Yes",
             api00 = function(d) d$api00)
labels <- c(E = "Elementary", M = "Middle", H = "High")

compare <- function(design, y, share, first, second) {
  design <- update(design, y = as.numeric(y), side = ifelse(first, "1", ifelse(second, "2", NA)))
  both <- subset(design, !is.na(side))
  counts <- table(both$variables$side, both$variables$y)
  if (share && (ncol(counts) < 2 || min(counts) < 5)) return(rep(NA, 5))
  means <- svyby(~y, ~side, both, svymean, covmat = TRUE)
  found <- svycontrast(means, c(1, -1))
  t <- coef(found)[[1]] / SE(found)[[1]]
  c(coef(found)[[1]], SE(found)[[1]], t, degf(both), 2 * pt(-abs(t), degf(both)))
}

result <- NULL
for (name in names(designs)) for (row in names(rows)) {
  design <- designs[[name]]
  y <- rows[[row]](design$variables)
  group <- design$variables$stype
  tests <- function(kind, sides) {
    found <- t(sapply(sides, function(s) {
      second <- if (is.na(s[2])) group != s[1] else group == s[2]
      compare(design, y, row != "api00", group == s[1], second)
    }))
    second <- sapply(sides, function(s) if (is.na(s[2])) "" else labels[[s[2]]])
    data.frame(design = name, row = row, first = labels[sapply(sides, `[`, 1)], second = second,
               difference = found[, 1], se = found[, 2], t = found[, 3], df = found[, 4],
               p = found[, 5], holm = p.adjust(found[, 5], "holm"))
  }
  result <- rbind(result, tests("rest", lapply(c("E", "M", "H"), c, NA)),
                  tests("pair", list(c("E", "M"), c("E", "H"), c("M", "H"))))
}
for (column in c("difference", "se", "t", "df", "p", "holm")) {
  result[[column]] <- ifelse(is.na(result[[column]]), "", sprintf("%.17g", result[[column]]))
}
write.csv(result, "columns.csv", row.names = FALSE, quote = FALSE)
