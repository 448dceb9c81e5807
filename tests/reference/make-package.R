# Makes cases of what the documentation of the package survey shows, where no other script does.
source("cases.R")

clustered <- weighted(paste0(samples, "apiclus2.csv"), weights = "pw",
                      cluster = c("dnum", "snum"))
save <- function(id, ...) write_case(paste0("package-", id), ...)
stat_of <- function(f) if (identical(f, svymean)) "mean" else "total"

simple_stat <- function(id, design, f, var, deff = FALSE, ...) {
  df <- degf(design$object)
  ask <- list(stat = stat_of(f), var = var, missing = "domain")
  if (deff) ask$deff <- "srs_wor"
  found <- f(as_formula(var), design$object, na.rm = TRUE, deff = deff)
  save(id, design, c(ask, list(...)), list(rows = rows(found, var, df, deff), df = df))
}
simple_stat("svymean-clusters", one_stage, svymean, "api00", deff = TRUE)
simple_stat("svytotal-clusters", one_stage, svytotal, "enroll", deff = TRUE)
simple_stat("svytotal-two-stage-without-fpc", clustered, svytotal, "enroll")

df <- degf(one_stage$object)
found <- svyratio(~api.stu, ~enroll, one_stage$object)
save("svyratio", one_stage, list(stat = "ratio", num = "api.stu", den = "enroll"),
     c(figures(coef(found), SE(found), df), df = df))

by_groups <- function(id, design, f, var, by) {
  df <- degf(design$object)
  found <- svyby(as_formula(var), as_formula(by), design$object, f)
  est <- matrix(coef(found), ncol = length(var))
  se <- as.matrix(SE(found))
  row <- function(i, j) figures(est[i, j], se[i, j], df)
  one <- function(i) {
    if (length(var) == 1) return(row(i, 1))
    setNames(lapply(seq_along(var), function(j) row(i, j)), var)
  }
  names <- do.call(paste, c(lapply(found[by], as.character), sep = "."))
  save(id, design, list(stat = stat_of(f), var = var, by = by),
       list(rows = setNames(lapply(seq_along(names), one), names), df = df))
}
by_groups("svyby-total-by-number", one_stage, svytotal, "api99", "dnum")
by_groups("svyby-two-by-two", one_stage, svymean, c("api99", "api00"), c("stype", "sch.wide"))

shares <- svymean(~I(ell == 0), one_stage$object)
found <- lapply(c(profile_likelihood = "likelihood", logit = "logit", arcsine = "asin",
                  korn_graubard_beta = "beta", wald_t = "mean"), function(method) {
  as.vector(attr(svyciprop(~I(ell == 0), one_stage$object, method = method), "ci"))
})
save("svyciprop", one_stage,
     list(stat = "proportion", var = "ell", equals = 0, ci = names(found)),
     list(est = coef(shares)[[2]], se = SE(shares)[[2]], ci = found, df = degf(one_stage$object)),
     1e-5)

# The documentation's `calibrate`; its `rake` and `postStratify` are in `make-weights.R`.
weights_of <- function(d) {
  w <- weights(d)
  list(n = length(w), sum = sum(w), min = min(w), max = max(w),
       kish_deff = length(w) * sum(w^2) / sum(w)^2)
}
adjusted <- function(id, ask, after, f, var) {
  df <- degf(one_stage$object)
  ask$then <- list(stat = stat_of(f), var = var)
  answer <- weights_of(after)
  answer$then <- list(rows = rows(f(of(var), after), var, df), df = df)
  save(id, one_stage, ask, answer, 1e-7)
}
types <- list("(Intercept)" = 6194, stypeH = 755, stypeM = 1018)
more <- c(types, api99 = 3914069)
model <- "~stype + api99"
calibrated <- function(...) calibrate(one_stage$object, ..., epsilon = 1e-12, maxit = 100)
step <- function(model, totals, ...) list(stat = "calibrate", model = model, totals = totals, ...)
adjusted("calibrate-types", step("~stype", types, distance = "linear"),
         calibrated(~stype, unlist(types)), svytotal, "enroll")
adjusted("calibrate-linear", step(model, more, distance = "linear"),
         calibrated(~stype + api99, unlist(more)), svymean, "api00")
adjusted("calibrate-logit", step(model, more, distance = "logit", bounds = c(0.5, 2)),
         calibrated(~stype + api99, unlist(more), calfun = "logit", bounds = c(0.5, 2)),
         svytotal, "enroll")

tests <- c(adjusted_wald = "adjWald", saddlepoint = "saddlepoint")
for (test in names(tests)) {
  found <- suppressWarnings(
    svychisq(~sch.wide + stype, one_stage$object, statistic = tests[[test]]))
  save(paste0("svychisq-", tolower(tests[[test]])), one_stage,
       list(stat = "table_test", rows = "sch.wide", cols = "stype", test = test),
       c(list(statistic = as.vector(found$statistic)), as.list(found$parameter),
         list(p = as.vector(found$p.value))), 1e-6)
}

t_test <- function(id, design, formula, ...) {
  found <- svyttest(formula, design$object)
  save(id, design, list(stat = "ttest", ...),
       list(t = found$statistic[[1]], df = found$parameter[[1]], p = found$p.value[[1]],
            est = found$estimate[[1]], ci = as.vector(found$conf.int)), 1e-7)
}
t_test("svyttest-group", clustered, enroll ~ comp.imp, var = "enroll", group = "comp.imp")

rank_test <- function(id, formula, group, test, r) {
  found <- svyranktest(formula, clustered$object, test = r)
  answer <- if (is.null(found$ddf)) {
    list(statistic = found$statistic[[1]], df = found$parameter[[1]])
  } else list(statistic = found$parameter[[1]], ndf = found$statistic[[1]], ddf = found$ddf)
  save(id, clustered, list(stat = "ranktest", var = "ell", group = group, test = test),
       c(answer, p = as.vector(found$p.value)), 1e-7)
}
rank_test("svyranktest", ell ~ comp.imp, "comp.imp", "wilcoxon", "wilcoxon")
rank_test("svyranktest-groups", ell ~ stype, "stype", "kruskal_wallis", "KruskalWallis")

regression <- function(id, design, formula, family, r) {
  found <- svyglm(as.formula(formula), design$object, family = r,
                  control = glm.control(epsilon = 1e-14, maxit = 100))
  all <- coef(summary(found))
  row <- function(i) as.list(setNames(all[i, ], c("est", "se", "t", "p")))
  save(id, design, list(stat = "glm", formula = formula, family = family),
       list(coefficients = setNames(lapply(seq_len(nrow(all)), row), rownames(all)),
            df = found$df.residual), 1e-6)
}
regression("svyglm-strata", stratified, "api00 ~ ell + meals + mobility", "gaussian", gaussian())
d <- stratified
d$object <- update(d$object, sch.wide = factor(sch.wide))
regression("svyglm-binomial", d, "sch.wide ~ ell + meals + mobility", "binomial",
           quasibinomial())

variance <- svyvar(~api00 + enroll, one_stage$object)
df <- degf(one_stage$object)
row <- function(i) {
  place <- 3 * i - 2
  figures(as.matrix(variance)[i, i], sqrt(vcov(variance)[place, place]), df)
}
save("svyvar", one_stage, list(stat = "population_variance", var = c("api00", "enroll")),
     list(rows = list(api00 = row(1), enroll = row(2)), df = df))

totals <- svytotal(~api00 + enroll + api99, one_stage$object)
found <- svycontrast(totals, c(0.5, 0, 0.5))
save("svycontrast", one_stage,
     list(stat = "contrast", of = "total", var = c("api00", "enroll", "api99"),
          terms = list(api00 = 0.5, enroll = 0, api99 = 0.5)),
     c(figures(coef(found), SE(found), df), df = df))
