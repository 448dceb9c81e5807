# Makes the cases with replicate weights: given in columns, given in a file, and made from the
# sampling units (`variance: JK1 | JKn`).
source("cases.R")

data <- read("data/pairs.csv")
base <- data$weight
boot <- read("data/pairs-replicates-in-order.csv")
named <- function(prefix, n) paste0(prefix, seq_len(n))
loss <- rep(0.5, 14)

# A design with replicates: what `svrepdesign` is given, then the keys.
replicated <- function(weights, keys, ..., file = "data/pairs.csv", weight = "weight") {
  object <- suppressWarnings(
    svrepdesign(variables = data, repweights = as.matrix(weights), weights = base, ...))
  list(object = object, data = file, keys = c(list(weights = weight), list(replicates = keys)))
}
brr <- replicated(data[named("brr", 8)], list(columns = "brr*", type = "BRR"), type = "BRR")
brr_list <- replicated(data[named("brr", 8)],
                       list(columns = named("brr", 8), type = "BRR", combined = TRUE), type = "BRR")
brr_mse <- replicated(data[named("brr", 8)], list(columns = "brr", type = "BRR", mse = TRUE),
                      type = "BRR", mse = TRUE)
fay <- replicated(data[named("fay", 8)],
                  list(columns = "^fay[0-9]+$", type = "Fay", rho = 0.3, combined = FALSE),
                  type = "Fay", rho = 0.3, combined.weights = FALSE)
fay_key <- replicated(data[named("fay", 8)],
                      list(columns = "fay*", type = "Fay", fay_rho = 0.3, combined = FALSE,
                           mse = TRUE),
                      type = "Fay", rho = 0.3, combined.weights = FALSE, mse = TRUE)
fay_scale <- replicated(data[named("fay", 8)],
                        list(columns = "fay*", type = "other", combined = FALSE,
                             scale = 1 / (8 * 0.49)),
                        type = "other", combined.weights = FALSE, scale = 1 / (8 * 0.49))
jkn <- replicated(data[named("jkn", 14)],
                  list(columns = "jkn*", type = "JKn", scale = 1, rscales = loss, combined = TRUE),
                  type = "JKn", scale = 1, rscales = loss)
jkn_one <- replicated(data[named("jkn", 14)],
                      list(columns = "jkn*", type = "JKn", rscales = 0.5, mse = TRUE),
                      type = "JKn", scale = 1, rscales = 0.5, mse = TRUE)
jk1 <- replicated(data[named("drop", 14)],
                  list(columns = "drop*", type = "JK1", scale = 13 / 14, combined = FALSE),
                  type = "JK1", scale = 13 / 14, combined.weights = FALSE)
jk1_mse <- replicated(data[named("drop", 14)],
                      list(columns = "drop*", type = "JK1", combined = FALSE, mse = TRUE,
                           df = 13),
                      type = "JK1", combined.weights = FALSE, scale = 13 / 14, mse = TRUE,
                      degf = 13)
sdr <- replicated(data[named("sdr", 16)],
                  list(columns = "sdr*", type = "successive-difference", mse = TRUE),
                  type = "successive-difference", mse = TRUE)
acs <- replicated(data[named("sdr", 16)], list(columns = named("sdr", 16), type = "SDR"),
                  type = "successive-difference")
filed <- replicated(boot, list(file = "data/pairs-replicates.csv", type = "bootstrap"),
                    type = "bootstrap")
ordered <- replicated(boot, list(file = "data/pairs-replicates-in-order.csv", type = "bootstrap",
                                 combined = TRUE, mse = TRUE, scale = 1 / 20,
                                 rscales = rep(1, 20)),
                      type = "bootstrap", mse = TRUE, scale = 1 / 20, rscales = rep(1, 20))
filed_df <- replicated(boot, list(file = "data/pairs-replicates.csv", columns = "boot*",
                                  type = "bootstrap", df = 7),
                       type = "bootstrap", degf = 7)
based <- replicated(data[named("brr", 8)],
                    list(columns = "brr*", type = "BRR", base_weight = "weight"), type = "BRR",
                    weight = NULL)

mean_case <- function(id, design, var, ..., by = NULL, domain = NULL, stat = "mean",
                      deff = NULL) {
  d <- design$object
  df <- degf(d)
  if (!is.null(domain)) d <- subset(d, eval(parse(text = domain), d$variables))
  effect <- if (is.null(deff)) FALSE else if (deff == "srs_wr") "replace" else TRUE
  f <- if (stat == "mean") svymean else svytotal
  one <- function(v) function(g) {
    rows(f(of(v), answered(g, v), deff = effect), v, df, !is.null(deff))[[1]]
  }
  ask <- list(stat = stat, var = var, missing = "domain")
  ask$by <- by
  ask$domain <- domain
  ask$deff <- deff
  answer <- if (is.null(by)) sapply(var, function(v) one(v)(d), simplify = FALSE) else {
    by_level(d, by, one(var))
  }
  write_case(id, design, c(ask, list(...)), list(rows = answer, df = df))
}
mean_case("replicates-brr-means", brr, c("hours", "years"), ci = "wald_t")
mean_case("replicates-brr-listed-total", brr_list, "years", stat = "total")
mean_case("replicates-brr-mse-by", brr_mse, "hours", by = "phase")
mean_case("replicates-brr-base-weight", based, "years")
mean_case("replicates-fay-means", fay, c("hours", "years"), deff = "srs_wr")
mean_case("replicates-fay-rho-key", fay_key, "hours")
mean_case("replicates-fay-as-scale-total", fay_scale, "years", stat = "total", deff = "srs_wor")
mean_case("replicates-jkn-means", jkn, c("hours", "years"))
mean_case("replicates-jkn-one-rscale-domain", jkn_one, "years", domain = "phase == 'Primary'")
mean_case("replicates-jk1-by", jk1, "years", by = "phase")
mean_case("replicates-jk1-mse-df", jk1_mse, "hours")
mean_case("replicates-sdr-mean", sdr, "hours")
mean_case("replicates-sdr-listed", acs, "years")
mean_case("replicates-file-means", filed, c("hours", "years"))
mean_case("replicates-file-in-order", ordered, "years")
mean_case("replicates-file-df-by", filed_df, "hours", by = "phase")

share_case <- function(id, design, var, by = NULL) {
  df <- degf(design$object)
  one <- function(g) share_rows(g, var, df)
  ask <- list(stat = "proportion", var = var, missing = "domain", ci = "wald_t")
  ask$by <- by
  d <- design$object
  answer <- list(rows = if (is.null(by)) one(d) else by_level(d, by, one), df = df)
  write_case(id, design, ask, answer)
}
share_case("replicates-brr-shares", brr, "view")
share_case("replicates-file-shares", filed, "view")

interval_case <- function(id, design, var, level, ci) {
  df <- degf(design$object)
  d <- answered(design$object, var)
  d <- update(d, .yes = as.numeric(d$variables[[var]] == level))
  r <- c(logit = "logit", arcsine = "asin", wilson_effective_n = "wilson")
  limits <- function(method) {
    if (method != "korn_graubard_beta") {
      return(as.vector(attr(svyciprop(~.yes, d, method = r[[method]], df = df), "ci")))
    }
    m <- svymean(~.yes, d)
    p <- coef(m)[[1]]
    n <- p * (1 - p) / vcov(m)[[1]] * (qt(0.975, nrow(d$variables) - 1) / qt(0.975, df))^2
    c(qbeta(0.025, n * p, n * (1 - p) + 1), qbeta(0.975, n * p + 1, n * (1 - p)))
  }
  m <- svymean(~.yes, d)
  answer <- list(est = coef(m)[[1]], se = SE(m)[[1]], df = df,
                 ci = sapply(ci, limits, simplify = FALSE))
  ask <- list(stat = "proportion", var = var, levels = level, ci = ci, missing = "domain")
  write_case(id, design, ask, answer, 1e-5)
}
interval_case("replicates-jkn-intervals", jkn, "view", "Yes",
              c("korn_graubard_beta", "wilson_effective_n", "logit", "arcsine"))

covariance_case <- function(id, design, var) {
  d <- answered(design$object, var)
  found <- svymean(as_formula(var), d)
  df <- degf(design$object)
  v <- unclass(vcov(found))
  write_case(id, design, list(stat = "mean", var = var, missing = "domain", vcov = TRUE),
             list(rows = rows(found, var, df), vcov = lapply(1:2, function(i) v[i, ]), df = df))
}
covariance_case("replicates-fay-vcov", fay, c("hours", "years"))

ratio_case <- function(id, design, num, den, by = NULL) {
  df <- degf(design$object)
  one <- function(g) {
    found <- svyratio(of(num), of(den), answered(g, num, den))
    figures(coef(found), SE(found), df)
  }
  d <- design$object
  ask <- list(stat = "ratio", num = num, den = den, missing = "domain")
  ask$by <- by
  answer <- if (is.null(by)) one(d) else list(rows = by_level(d, by, one))
  write_case(id, design, ask, c(answer, df = df))
}
ratio_case("replicates-brr-ratio", brr, "years", "hours")

quantile_case <- function(id, design, var, p, rule, type = "mean") {
  df <- degf(design$object)
  q <- svyquantile(of(var), answered(design$object, var), p, qrule = rule, df = df,
                   interval.type = type)[[1]]
  row <- function(i) list(est = q[i, 1][[1]], ci = as.vector(q[i, 2:3]), se = q[i, 4][[1]])
  write_case(id, design, list(stat = "quantile", var = var, p = p, rule = rule, ci = "woodruff",
                              missing = "domain"),
             list(rows = setNames(lapply(seq_along(p), row), p), df = df))
}
quantile_case("replicates-jkn-quantiles", jkn, "hours", c(0.25, 0.5), "math")
quantile_case("replicates-file-median", filed, "years", 0.5, "school")

variance_case <- function(id, design, var) {
  found <- svyvar(of(var), answered(design$object, var))
  df <- degf(design$object)
  write_case(id, design, list(stat = "population_variance", var = var, missing = "domain"),
             c(figures(coef(found)[[1]], SE(found)[[1]], df), df = df))
}
variance_case("replicates-brr-variance", brr, "hours")

tests <- c(rao_scott_2nd_order_F = "F", wald = "Wald", saddlepoint = "saddlepoint")
for (test in names(tests)) {
  found <- suppressWarnings(
    svychisq(~band + phase, jkn$object, statistic = tests[[test]]))
  write_case(paste0("replicates-jkn-table-", tolower(tests[[test]])), jkn,
             list(stat = "table_test", rows = "band", cols = "phase", test = test),
             c(list(statistic = as.vector(found$statistic)), as.list(found$parameter),
               list(p = as.vector(found$p.value))), 1e-6)
}
t_case <- function(id, design, formula, ask) {
  found <- svyttest(formula, design$object)
  write_case(id, design, c(list(stat = "ttest"), ask),
             list(t = found$statistic[[1]], df = found$parameter[[1]], p = found$p.value[[1]],
                  est = found$estimate[[1]], ci = as.vector(found$conf.int)), 1e-7)
}
primary <- subset(brr$object, phase != "Special")
t_case("replicates-brr-ttest", replace(brr, "object", list(primary)), years ~ phase,
       list(var = "years", group = "phase", domain = "phase != 'Special'"))
t_case("replicates-jkn-ttest-mu", jkn, I(years - 10) ~ 0, list(var = "years", mu = 10))

model <- svyglm(years ~ band + phase, jkn$object)
found <- coef(summary(model))
row <- function(i) as.list(setNames(found[i, ], c("est", "se", "t", "p")))
write_case("replicates-jkn-glm", jkn,
           list(stat = "glm", formula = "years ~ band + phase", family = "gaussian"),
           list(coefficients = setNames(lapply(1:4, row), rownames(found)), df = model$df.residual),
           1e-6)

# Each replicate is raked too.
margins <- list(phase = list(Primary = 900, Secondary = 550, Special = 250),
                band = list("1" = 500, "2" = 700, "3" = 500))
frames <- lapply(names(margins), function(name) {
  setNames(data.frame(names(margins[[name]]), unlist(margins[[name]])), c(name, "Freq"))
})
raked <- rake(jkn$object, list(~phase, ~band), frames,
              control = list(maxit = 1000, epsilon = 1e-13))
df <- degf(jkn$object)
m <- svymean(~years, raked)
write_case("replicates-jkn-after-rake", jkn,
           list(stat = "mean", var = "years", after = list(stat = "rake", margins = margins)),
           list(rows = rows(m, "years", df), df = df), 1e-6)
stratified_after <- postStratify(brr$object, ~phase, frames[[1]])
total <- svytotal(~years, stratified_after)
df <- degf(brr$object)
write_case("replicates-brr-after-poststratify", brr,
           list(stat = "total", var = "years",
                after = list(stat = "poststratify", var = "phase", cells = margins$phase)),
           list(rows = rows(total, "years", df), df = df), 1e-7)

# Replicates made from the sampling units. `center` is the estimate or the mean of replicates.
jackknife <- function(id, design, type, var, ..., mse = FALSE, stat = "mean", by = NULL,
                      df = degf(design$object), note = NULL) {
  d <- suppressWarnings(as.svrepdesign(design$object, type = type, mse = mse))
  f <- if (stat == "mean") svymean else svytotal
  one <- function(g) rows(f(of(var), answered(g, var)), var, df)[[1]]
  answer <- if (is.null(by)) setNames(list(one(d)), var) else by_level(d, by, one)
  ask <- list(stat = stat, var = var, variance = type, missing = "domain", ...)
  ask$by <- by
  write_case(id, design, ask, list(rows = answer, df = df), note = note)
}
jackknife("jackknife-jk1-clusters-by", poll_clusters, "JK1", "n1", by = "sector")
jackknife("jackknife-jk1-clusters-fpc", one_stage, "JK1", "api00", ci = "wald_t")
jackknife("jackknife-jk1-weights-only-total", simple, "JK1", "enroll", stat = "total")
jackknife("jackknife-jk1-two-stage", two_stage, "JK1", "api00",
          note = "corrected for the population of the first stage only")
jackknife("jackknife-jk1-center-estimate", poll_clusters, "JK1", "n1", center = "estimate",
          mse = TRUE)
jackknife("jackknife-jk1-center-mean", poll_clusters, "JK1", "n1", center = "mean")
jackknife("jackknife-jkn-strata", stratified, "JKn", "api00")
jackknife("jackknife-jkn-strata-total", stratified, "JKn", "enroll", stat = "total",
          center = "full_sample", mse = TRUE)
jackknife("jackknife-jkn-strata-clusters", small, "JKn", "x")
jackknife("jackknife-jkn-strata-by", poll_nested, "JKn", "n1", by = "gender")

# Comparisons of groups: the replicates give the covariances.
df <- degf(jkn$object)
stat <- svyby(~years, ~phase, jkn$object, svymean, covmat = TRUE)
v <- vcov(stat)
difference <- coef(stat)[["Secondary"]] - coef(stat)[["Primary"]]
se <- sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])
write_case("replicates-jkn-contrast", jkn,
           list(stat = "contrast", of = list(stat = "mean", var = "years"), by = "phase",
                terms = list(Secondary = 1, Primary = -1)),
           c(figures(difference, se, df), df = df))

# All pairs of groups, with Bonferroni's and Holm's corrections.
found <- sapply(list(1:2, c(1, 3), 2:3), function(pair) {
  i <- pair[1]
  j <- pair[2]
  c(coef(stat)[[i]] - coef(stat)[[j]], sqrt(v[i, i] + v[j, j] - 2 * v[i, j]))
})
t <- found[1, ] / found[2, ]
p <- 2 * pt(-abs(t), df)
row <- function(i) {
  list(est = found[1, i], se = found[2, i], t = t[i], p = p[i],
       p_bonferroni = p.adjust(p, "bonferroni")[i], p_holm = p.adjust(p, "holm")[i])
}
names <- c("Primary - Secondary", "Primary - Special", "Secondary - Special")
write_case("replicates-jkn-pairwise", jkn, list(stat = "pairwise", var = "years", by = "phase"),
           list(rows = setNames(lapply(1:3, row), names), df = df), 1e-7)

# The correlation in each replicate.
found <- withReplicates(answered(brr$object, "hours"), function(w, data) {
  cov.wt(data[c("hours", "years")], w / sum(w), cor = TRUE)$cor[1, 2]
})
df <- degf(brr$object)
write_case("replicates-brr-correlation", brr,
           list(stat = "correlation", var = c("hours", "years"), missing = "domain"),
           c(figures(coef(found)[[1]], sqrt(vcov(found)[[1]]), df), df = df))

p <- list(Primary = 0.5, Secondary = 0.3, Special = 0.2)
found <- suppressWarnings(svygofchisq(~phase, unlist(p), filed$object))
write_case("replicates-file-fit", filed, list(stat = "goodness_of_fit", var = "phase", p = p),
           list(statistic = found$statistic[[1]], df = found$parameter[["df"]],
                p = found$p.value[[1]], scale = found$parameter[["scale"]]), 1e-7)
found <- svyranktest(years ~ phase, subset(brr$object, phase != "Special"))
write_case("replicates-brr-ranktest", brr,
           list(stat = "ranktest", var = "years", group = "phase", test = "wilcoxon",
                domain = "phase != 'Special'"),
           list(statistic = found$statistic[[1]], df = found$parameter[[1]],
                est = found$estimate[[1]], p = as.vector(found$p.value)), 1e-7)
cells <- svymean(~interaction(phase, band, sep = ":"), jkn$object)
df <- degf(jkn$object)
write_case("replicates-jkn-table-cells", jkn,
           list(stat = "table_cells", rows = "phase", cols = "band", share = "total"),
           list(rows = rows(cells, sub(".*)", "", names(coef(cells))), df), df = df))
