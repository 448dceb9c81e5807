# Makes the cases of contrasts, comparisons of groups, correlations, variances, several answers
# to one question, and effective bases.
source("cases.R")

# The means of groups, with the covariances that shared sampling units give them.
group_means <- function(d, var, by, f = svymean) {
  svyby(of(var), of(by), answered(d, var, by), f, covmat = TRUE, keep.names = TRUE)
}
# The estimate and standard error of a linear combination; what nobody said counts 0.
linear <- function(stat, coefficients) {
  all <- setNames(rep(0, length(coef(stat))), names(coef(stat)))
  given <- intersect(names(coefficients), names(all))
  all[given] <- unlist(coefficients[given])
  c(sum(all * coef(stat)), sqrt(drop(all %*% vcov(stat) %*% all)))
}
contrast <- function(id, design, stat, coefficients, ..., note = NULL) {
  df <- degf(design$object)
  found <- linear(stat, coefficients)
  answer <- c(figures(found[1], found[2], df), df = df)
  write_case(id, design, list(stat = "contrast", ..., missing = "domain"), answer, note = note)
}

d <- stratified$object
contrast("contrast-groups", stratified, group_means(d, "api00", "stype"), list(H = 1, E = -1),
         of = list(stat = "mean", var = "api00"), by = "stype", terms = list(H = 1, E = -1))
contrast("contrast-groups-of-variable", poll_clusters,
         group_means(poll_clusters$object, "n1", "sector"), list(Primary = 1, Secondary = -1),
         of = "n1", by = "sector", terms = list(Primary = 1, Secondary = -1))
contrast("contrast-groups-as-list", two_stage, group_means(two_stage$object, "enroll", "awards"),
         list(Yes = 1, No = -1), of = list(stat = "mean", var = "enroll"), by = "awards",
         terms = list(list(level = "Yes", coef = 1), list(level = "No", coef = -1)))
contrast("contrast-groups-of-total", two_stage,
         group_means(two_stage$object, "enroll", "awards", svytotal), list(Yes = 1, No = -1),
         of = "total", var = "enroll", by = "awards", terms = list(Yes = 1, No = -1))
both <- svymean(~api00 + api99, d)
contrast("contrast-variables", stratified, both, list(api00 = 1, api99 = -1), of = "mean",
         var = c("api00", "api99"), terms = list(api00 = 1, api99 = -1))
contrast("contrast-variables-as-list", stratified, both, list(api00 = 1, api99 = -1),
         of = c("api00", "api99"), terms = c(1, -1))
known <- answered(two_stage$object, "api00", "avg.ed")
contrast("contrast-variables-missing", two_stage, svymean(~api00 + avg.ed, known),
         list(api00 = 0.01, avg.ed = -2), of = list(stat = "mean", var = c("api00", "avg.ed")),
         terms = list(api00 = 0.01, avg.ed = -2), note = "of the records that have both")

# The net of agreement and disagreement, overall and in each group.
net <- list("Strongly agree" = 1, Agree = 1, Disagree = -1, "Strongly disagree" = -1)
net_of <- function(g) {
  stat <- shares(g, "q01")
  names(stat) <- sub(".*)", "", names(stat))
  linear(stat, net)
}
in_group <- function(d, df) function(g) {
  found <- net_of(g)
  figures(found[1], found[2], df)
}
df <- degf(poll_clusters$object)
write_case("contrast-net", poll_clusters,
           list(stat = "contrast", of = list(stat = "proportion", var = "q01"), terms = net,
                missing = "domain"),
           c(in_group(d, df)(poll_clusters$object), df = df))
write_case("contrast-net-by", poll_clusters,
           list(stat = "contrast", of = "proportion", var = "q01", terms = net, by = "sector",
                missing = "domain"),
           list(rows = by_level(poll_clusters$object, "sector", in_group(d, df)), df = df))

# All pairs of groups.
pairs <- function(id, design, var, by, ..., levels = NULL, between = " - ", nested = FALSE) {
  d <- answered(design$object, var, by)
  df <- degf(design$object)
  if (!is.null(levels)) d <- update(d, .value = as.numeric(d$variables[[var]] %in% levels))
  stat <- group_means(d, if (is.null(levels)) var else ".value", by)
  all <- combn(names(coef(stat)), 2, simplify = FALSE)
  found <- sapply(all, function(pair) linear(stat, setNames(c(1, -1), pair)))
  t <- found[1, ] / found[2, ]
  p <- 2 * pt(-abs(t), df)
  adjusted <- sapply(c("bonferroni", "holm", "BH"), function(how) p.adjust(p, how))
  colnames(adjusted) <- if (nested) c("bonferroni", "holm", "bh") else {
    c("p_bonferroni", "p_holm", "p_bh")
  }
  row <- function(i) {
    more <- as.list(adjusted[i, ])
    row <- list(est = found[1, i], se = found[2, i], t = t[i], p = p[i])
    if (nested) c(row, list(adjusted = more)) else c(row, more)
  }
  ask <- list(stat = "pairwise", var = var, by = by, missing = "domain", ...)
  ask$levels <- levels
  answer <- setNames(lapply(seq_along(all), row), sapply(all, paste, collapse = between))
  write_case(id, design, ask, list(rows = answer, df = df), 1e-7)
}
three <- c("bonferroni", "holm", "bh")
pairs("pairwise-means", poll_clusters, "n1", "sector", adjust = three)
pairs("pairwise-means-strata", stratified, "api00", "stype", between = " vs ")
pairs("pairwise-means-two-stage", two_stage, "api00", "stype", between = ":", nested = TRUE)
pairs("pairwise-shares", poll_clusters, "q01", "role", levels = c("Strongly agree", "Agree"))
pairs("pairwise-shares-nested", poll_nested, "q03", "gender", levels = "Very satisfied")

# Pearson's correlation from the covariances of `svyvar`, by the delta method.
correlation <- function(id, design, var) {
  d <- answered(design$object, var)
  df <- degf(design$object)
  v <- svyvar(as_formula(var), d)
  one <- function(pair) {
    name <- function(a, b) as.name(paste(a, b, sep = ":"))
    top <- name(pair[1], pair[2])
    found <- svycontrast(v, bquote(.(top) / sqrt(.(name(pair[1], pair[1])) *
                                                 .(name(pair[2], pair[2])))))
    figures(coef(found), SE(found), df)
  }
  pairs <- combn(var, 2, simplify = FALSE)
  answer <- if (length(pairs) == 1) one(var) else {
    list(rows = setNames(lapply(pairs, one), sapply(pairs, paste, collapse = ":")))
  }
  note <- if (length(pairs) > 1) "of the records that have all of them"
  write_case(id, design, list(stat = "correlation", var = var, missing = "domain"),
             c(answer, df = df), note = note)
}
correlation("correlation-weights-only", simple, c("api00", "api99"))
correlation("correlation-strata", stratified, c("api00", "meals"))
correlation("correlation-two-stage-missing", two_stage, c("api00", "avg.ed"))
correlation("correlation-several", stratified, c("api00", "meals", "ell"))

variance <- function(id, design, var, by = NULL) {
  df <- degf(design$object)
  one <- function(v) function(g) {
    found <- svyvar(of(v), answered(g, v))
    figures(coef(found), SE(found), df)
  }
  ask <- list(stat = "population_variance", var = var, missing = "domain")
  ask$by <- by
  answer <- if (!is.null(by)) {
    list(rows = by_level(design$object, by, one(var)))
  } else if (length(var) > 1) {
    list(rows = sapply(var, function(v) one(v)(design$object), simplify = FALSE))
  } else one(var)(design$object)
  write_case(id, design, ask, c(answer, df = df))
}
variance("variance-weights-only", poll, "n1")
variance("variance-strata", stratified, c("api00", "enroll"))
variance("variance-two-stage-by", two_stage, "api00", by = "stype")

# Several answers in one cell.
mentions <- function(id, design, var, separator, base, by = NULL, ...) {
  whole <- design$object
  df <- degf(whole)
  ticked <- lapply(strsplit(whole$variables[[var]], separator), trimws)
  options <- sort(unique(unlist(ticked)))
  one <- function(option) {
    d <- update(whole, .ticked = as.numeric(sapply(ticked, function(t) option %in% t)))
    d <- if (base == "answered") answered(d, var) else d
    in_group <- function(g) rows(svymean(~.ticked, g), option, df)[[1]]
    if (is.null(by)) in_group(d) else by_level(d, by, in_group)
  }
  ask <- list(stat = "multi_response", var = var, separator = separator, base = base, ...)
  ask$by <- by
  write_case(id, design, ask, list(rows = sapply(options, one, simplify = FALSE), df = df))
}
mentions("mentions-answered", poll, "m2", "; ", "answered", missing = "domain")
mentions("mentions-all", poll_clusters, "m2", "; ", "all")
mentions("mentions-answered-strata", poll_nested, "m2", ";", "answered")
mentions("mentions-answered-by", poll_clusters, "m2", "; ", "answered", by = "gender")

kish <- function(id, design, by = NULL, domain = NULL) {
  one <- function(g) {
    w <- weights(g)
    list(n = length(w), neff = sum(w)^2 / sum(w^2), deff = length(w) * sum(w^2) / sum(w)^2)
  }
  ask <- list(stat = "kish")
  ask$by <- by
  write_case(id, design, ask,
             if (is.null(by)) one(design$object) else list(rows = by_level(design$object, by, one)))
}
kish("kish", poll)
kish("kish-by", poll_clusters, by = "sector")
