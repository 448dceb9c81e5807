# Makes the cases of adjusted weights, and of estimates with them.
#
# Needs the package MASS. R stops raking early and calibrating at 1e-7; here both go on to 1e-12.
# R's variance after `rake` is of residuals from unweighted means of the cells of the margins,
# taken out in ten rounds; after `postStratify` the means, and after `calibrate` the regression,
# have the weights of before.
source("cases.R")

counts <- function(name, target) {
  setNames(data.frame(names(target), unlist(target)), c(name, "Freq"))
}

raked <- function(design, margins) {
  design$object <- rake(design$object, lapply(names(margins), as_formula),
                        Map(counts, names(margins), margins),
                        control = list(maxit = 1000, epsilon = 1e-13))
  design
}
# `cells` as a table of the columns and `Freq`.
poststratified <- function(design, cells) {
  by <- setdiff(names(cells), "Freq")
  design$object <- postStratify(design$object, as_formula(by), cells)
  design
}
calibrated <- function(design, model, totals, distance = "linear", bounds = c(-Inf, Inf)) {
  design$object <- calibrate(design$object, as.formula(model), unlist(totals), bounds = bounds,
                             calfun = distance, epsilon = 1e-12, maxit = 200)
  design
}
trimmed <- function(design, lower = -Inf, upper = Inf, strict = FALSE) {
  design$object <- trimWeights(design$object, upper = upper, lower = lower, strict = strict)
  design
}

weights_of <- function(design, all) {
  w <- weights(design$object)
  some <- list(n = length(w), sum = sum(w), min = min(w), max = max(w),
               kish_deff = length(w) * sum(w^2) / sum(w)^2)
  if (all) c(list(weights = as.vector(w)), some) else some
}

# What may be asked with the weights: an ask and its answer.
mean_of <- function(var, f = svymean, ...) function(d, df) {
  list(ask = list(stat = if (identical(f, svymean)) "mean" else "total", var = var,
                  missing = "domain", ...),
       answer = list(rows = rows(f(as_formula(var), d, na.rm = TRUE), var, df), df = df))
}
shares_of <- function(var, ...) function(d, df) {
  found <- svymean(as.formula(paste0("~factor(`", var, "`)")), d, na.rm = TRUE)
  list(ask = list(stat = "proportion", var = var, missing = "domain", ci = "wald_t", ...),
       answer = list(rows = rows(found, levels_of(d, var), df), df = df))
}
by_of <- function(var, by) function(d, df) {
  one <- function(g) rows(svymean(of(var), g, na.rm = TRUE), var, df)[[1]]
  list(ask = list(stat = "mean", var = var, by = by, missing = "domain"),
       answer = list(rows = by_level(d, by, one), df = df))
}
ratio_of <- function(num, den) function(d, df) {
  found <- svyratio(of(num), of(den), d, na.rm = TRUE)
  list(ask = list(stat = "ratio", num = num, den = den, missing = "domain"),
       answer = c(figures(coef(found), SE(found), df), df = df))
}
median_of <- function(var) function(d, df) {
  q <- svyquantile(of(var), d, 0.5, df = df)[[1]][1, ]
  list(ask = list(stat = "quantile", var = var, p = 0.5, rule = "math", ci = "woodruff"),
       answer = list(rows = list("0.5" = list(est = q[[1]], ci = as.vector(q[2:3]), se = q[[4]])),
                     df = df))
}
independence_of <- function(r, c) function(d, df) {
  found <- svychisq(as_formula(c(r, c)), d)
  list(ask = list(stat = "table_test", rows = r, cols = c, test = "rao_scott_2nd_order_F"),
       answer = list(statistic = found$statistic[[1]], ndf = found$parameter[["ndf"]],
                     ddf = found$parameter[["ddf"]], p = found$p.value[[1]]))
}
difference_of <- function(var, group) function(d, df) {
  found <- svyttest(as.formula(paste(var, "~", group)), d)
  list(ask = list(stat = "ttest", var = var, group = group),
       answer = list(t = found$statistic[[1]], df = found$parameter[[1]],
                     p = found$p.value[[1]], est = found$estimate[[1]]))
}

model_of <- function(formula) function(d, df) {
  d$variables$awards <- factor(d$variables$awards)
  found <- svyglm(as.formula(formula), d)
  all <- coef(summary(found))
  row <- function(i) as.list(setNames(all[i, ], c("est", "se", "t", "p")))
  list(ask = list(stat = "glm", formula = formula, family = "gaussian"),
       answer = list(coefficients = setNames(lapply(seq_len(nrow(all)), row), rownames(all)),
                     df = found$df.residual))
}
correlation_of <- function(a, b) function(d, df) {
  s <- function(x, y) as.name(paste(x, y, sep = ":"))
  found <- svycontrast(svyvar(as_formula(c(a, b)), d),
                       bquote(.(s(a, b)) / sqrt(.(s(a, a)) * .(s(b, b)))))
  list(ask = list(stat = "correlation", var = c(a, b)),
       answer = c(figures(coef(found), SE(found), df), df = df))
}
contrast_of <- function(var, by) function(d, df) {
  found <- svyby(of(var), of(by), d, svymean, covmat = TRUE)
  found <- svycontrast(found, c(-1, 1))
  list(ask = list(stat = "contrast", of = list(stat = "mean", var = var), by = by,
                  terms = list(Yes = 1, No = -1)),
       answer = c(figures(coef(found), SE(found), df), df = df))
}
variance_of <- function(var) function(d, df) {
  found <- svyvar(of(var), d)
  list(ask = list(stat = "population_variance", var = var),
       answer = c(figures(coef(found), SE(found), df), df = df))
}
fit_of <- function(var, p) function(d, df) {
  found <- suppressWarnings(svygofchisq(of(var), unlist(p), d))
  list(ask = list(stat = "goodness_of_fit", var = var, p = p),
       answer = list(statistic = found$statistic[[1]], df = found$parameter[["df"]],
                     p = found$p.value[[1]], scale = found$parameter[["scale"]]))
}
ranks_of <- function(var, group) function(d, df) {
  found <- svyranktest(as.formula(paste(var, "~", group)), d)
  list(ask = list(stat = "ranktest", var = var, group = group, test = "wilcoxon"),
       answer = list(statistic = found$statistic[[1]], df = found$parameter[[1]],
                     est = found$estimate[[1]], p = as.vector(found$p.value)))
}

adjustment <- function(id, before, ask, now, then = NULL, all = FALSE, rel_tol = 1e-7,
                       note = NULL) {
  answer <- weights_of(now, all)
  if (!is.null(then)) {
    more <- then(now$object, degf(before$object))
    ask$then <- more$ask
    answer$then <- more$answer
  }
  write_case(id, before, ask, answer, rel_tol, note)
}
after <- function(id, before, steps, now, then, rel_tol = 1e-7, note = NULL, ...) {
  more <- then(now$object, degf(before$object))
  write_case(id, before, c(more$ask, list(after = steps), list(...)), more$answer, rel_tol, note)
}
rake_step <- function(margins) list(stat = "rake", margins = margins)
residual <- "calibration_residual"

schools <- list(stype = list(E = 4421, H = 755, M = 1018), sch.wide = list(No = 1072, Yes = 5122))
members <- list(sector = list("Early years" = 500, "Post-16" = 800, Primary = 4300,
                              Secondary = 3700, "Special / alternative provision" = 700),
                gender = list(Female = 7550, Male = 2200, "Non-binary" = 100,
                              "Prefer not to say" = 150),
                age = list("Under 25" = 500, "25-34" = 2600, "35-44" = 2500, "45-54" = 2600,
                           "55-64" = 1600, "65 and over" = 200))

adjustment("rake-simple", simple, rake_step(schools), raked(simple, schools),
           mean_of("api00", variance = residual), all = TRUE)
adjustment("rake-clusters-total", one_stage, rake_step(schools), raked(one_stage, schools),
           mean_of("enroll", svytotal, variance = residual))
adjustment("rake-two-stage-ratio", two_stage, rake_step(schools), raked(two_stage, schools),
           ratio_of("api.stu", "enroll"))
adjustment("rake-three-margins", poll_clusters, rake_step(members),
           raked(poll_clusters, members), shares_of("q03", variance = residual))
of_all <- function(target) lapply(target, function(n) n / sum(unlist(target)))
portions <- lapply(members[1:2], of_all)
adjustment("rake-to-shares", poll_clusters, rake_step(portions), raked(poll_clusters, portions),
           mean_of("n1", variance = residual), note = "R's weights then have the sum 1")
listed <- lapply(names(schools), function(name) list(var = name, targets = schools[[name]]))
adjustment("rake-margins-as-list", stratified, list(stat = "rake", margins = listed),
           raked(stratified, schools), median_of("api00"))

types <- counts("stype", schools$stype)
adjustment("poststratify-clusters", one_stage,
           list(stat = "poststratify", var = "stype", cells = schools$stype),
           poststratified(one_stage, types), mean_of("enroll", svytotal, variance = residual),
           all = TRUE)
adjustment("poststratify-named-column", two_stage,
           list(stat = "poststratify", cells = schools["stype"]),
           poststratified(two_stage, types), mean_of("api00", variance = residual))
crossed <- data.frame(stype = rep(c("E", "H", "M"), 2), sch.wide = rep(c("No", "Yes"), each = 3),
                      Freq = c(472, 330, 270, 3949, 425, 748))
joined <- as.list(setNames(crossed$Freq, paste(crossed$stype, crossed$sch.wide, sep = ":")))
adjustment("poststratify-two-columns", stratified,
           list(stat = "poststratify", by = c("stype", "sch.wide"), cells = joined),
           poststratified(stratified, crossed), mean_of("api00"))
lines <- lapply(seq_len(nrow(crossed)), function(i) as.list(crossed[i, ]))
adjustment("poststratify-cells-as-rows", simple, list(stat = "poststratify", cells = lines),
           poststratified(simple, crossed), shares_of("awards"))
nested <- lapply(split(crossed, crossed$stype), function(c) as.list(setNames(c$Freq, c$sch.wide)))
adjustment("poststratify-cells-nested", simple,
           list(stat = "poststratify", var = c("stype", "sch.wide"), cells = nested),
           poststratified(simple, crossed), mean_of("enroll"))

model <- "~stype + api99"
totals <- list("(Intercept)" = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
calibrate_step <- function(distance, ...) {
  list(stat = "calibrate", model = model, totals = totals, distance = distance, ...)
}
adjustment("calibrate-linear", one_stage, calibrate_step("linear"),
           calibrated(one_stage, model, totals), mean_of("enroll", svytotal, variance = residual),
           all = TRUE)
adjustment("calibrate-raking", one_stage, calibrate_step("raking"),
           calibrated(one_stage, model, totals, "raking"),
           mean_of(c("api00", "enroll"), variance = residual))
adjustment("calibrate-logit", two_stage, calibrate_step("logit", bounds = c(0.4, 3)),
           calibrated(two_stage, model, totals, "logit", c(0.4, 3)),
           mean_of("enroll", variance = residual))
adjustment("calibrate-linear-bounds", one_stage, calibrate_step("linear", bounds = c(0.6, 1.6)),
           calibrated(one_stage, model, totals, "linear", c(0.6, 1.6)), mean_of("api00"))
adjustment("calibrate-bounds-as-names", one_stage,
           calibrate_step("raking", bounds = list(lower = 0.6, upper = 1.6)),
           calibrated(one_stage, model, totals, "raking", c(0.6, 1.6)), mean_of("api00"))
scores <- totals[c("(Intercept)", "api99")]
adjustment("calibrate-strata-shares", stratified,
           list(stat = "calibrate", model = "~api99", totals = scores),
           calibrated(stratified, "~api99", scores),
           shares_of("awards"))
adjustment("calibrate-variables", one_stage,
           list(stat = "calibrate", model = c("stype", "api99"), totals = totals,
                distance = "linear"),
           calibrated(one_stage, model, totals), by_of("enroll", "awards"))
cells <- list(stypeE = 4421, stypeH = 755, stypeM = 1018)
adjustment("calibrate-no-intercept", simple,
           list(stat = "calibrate", model = "~stype - 1", totals = cells, distance = "linear"),
           calibrated(simple, "~stype - 1", cells), mean_of("api00"))
adjustment("calibrate-totals-in-order", simple,
           list(stat = "calibrate", model = model, totals = unlist(unname(totals))),
           calibrated(simple, model, totals), mean_of("api00"))

adjustment("trim-upper", poll, list(stat = "trim", upper = 2), trimmed(poll, upper = 2),
           mean_of("n1"))
adjustment("trim-both", poll, list(stat = "trim", lower = 0.6, upper = 1.6),
           trimmed(poll, 0.6, 1.6), all = TRUE)
adjustment("trim-strict", poll, list(stat = "trim", lower = 0.7, upper = 1.2, strict = TRUE),
           trimmed(poll, 0.7, 1.2, TRUE), mean_of("n1"))
adjustment("trim-two-stage", two_stage, list(stat = "trim", upper = 200),
           trimmed(two_stage, upper = 200), mean_of("api00"))

stype <- list(stat = "poststratify", var = "stype", cells = schools$stype)
steps <- rake_step(schools)
after("after-rake-mean-variance", one_stage, steps, raked(one_stage, schools), mean_of("api00"),
      variance = residual)
after("after-rake-shares", two_stage, steps, raked(two_stage, schools), shares_of("awards"))
after("after-rake-by", stratified, steps, raked(stratified, schools), by_of("api00", "comp.imp"))
after("after-rake-table-test", one_stage, steps, raked(one_stage, schools),
      independence_of("stype", "awards"))
after("after-rake-glm", one_stage, steps, raked(one_stage, schools),
      model_of("api00 ~ meals + awards"))
after("after-calibrate-correlation", one_stage, calibrate_step("linear"),
      calibrated(one_stage, model, totals), correlation_of("api00", "meals"))
after("after-poststratify-contrast", two_stage, stype, poststratified(two_stage, types),
      contrast_of("api00", "awards"))
after("after-poststratify-variance", one_stage, stype, poststratified(one_stage, types),
      variance_of("enroll"))
after("after-rake-fit", stratified, steps, raked(stratified, schools),
      fit_of("awards", list(No = 0.4, Yes = 0.6)))
after("after-rake-ranktest", stratified, steps, raked(stratified, schools),
      ranks_of("enroll", "awards"))
after("after-rake-ttest", stratified, steps, raked(stratified, schools),
      difference_of("api00", "comp.imp"))
after("after-poststratify-total", one_stage, stype, poststratified(one_stage, types),
      mean_of("enroll", svytotal))
after("after-method-key", one_stage,
      list(method = "poststratify", var = "stype", cells = schools$stype),
      poststratified(one_stage, types), by_of("api00", "awards"))
after("after-steps", one_stage, list(stype, list(stat = "rake", margins = schools)),
      raked(poststratified(one_stage, types), schools), mean_of("api00"))
after("after-rake-trim", poll, list(rake_step(members[1:2]), list(stat = "trim", upper = 40)),
      trimmed(raked(poll, members[1:2]), upper = 40), mean_of("n1"))
