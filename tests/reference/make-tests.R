# Makes the cases of tests of tables, of means and of ranks.
#
# `rao_scott_exact_mixture` needs the package CompQuadForm (1.4.3): without it `svychisq` gives
# the saddlepoint approximation.
source("cases.R")
stopifnot(requireNamespace("CompQuadForm", quietly = TRUE))

tests <- c(rao_scott_2nd_order_F = "F", rao_scott_chisq_df = "Chisq", wald = "Wald",
           adjusted_wald = "adjWald", rao_scott_exact_mixture = "lincom",
           saddlepoint = "saddlepoint")

table_test <- function(id, design, r, c, test, domain = NULL) {
  d <- design$object
  if (!is.null(domain)) d <- d[which(eval(parse(text = domain), d$variables)), ]
  found <- suppressWarnings(
    svychisq(as_formula(base::c(r, c)), answered(d, r, c), statistic = tests[[test]]))
  answer <- list(statistic = as.vector(found$statistic))
  answer <- base::c(answer, as.list(found$parameter), list(p = as.vector(found$p.value)))
  ask <- list(stat = "table_test", rows = r, cols = c, test = test, missing = "domain")
  ask$domain <- domain
  # The mixture is integrated to 1e-7.
  write_case(id, design, ask, answer, if (test == "rao_scott_exact_mixture") 1e-4 else 1e-6)
}
short <- c(rao_scott_chisq_df = "chisq", wald = "wald",
           adjusted_wald = "adjusted-wald", rao_scott_exact_mixture = "mixture",
           saddlepoint = "saddlepoint")
# The first of them is case v07.
for (test in names(tests)[-1]) {
  table_test(paste0("test-table-clusters-", short[[test]]), poll_clusters, "q01", "sector", test)
}
table_test("test-table-weights-only-chisq", poll, "role", "age", "rao_scott_chisq_df")
table_test("test-table-weights-only-f", poll, "role", "q01", "rao_scott_2nd_order_F")
table_test("test-table-strata-adjusted-wald", stratified, "stype", "sch.wide", "adjusted_wald")
table_test("test-table-two-stage-saddlepoint", two_stage, "stype", "awards", "saddlepoint")
table_test("test-table-two-by-two-mixture", one_stage, "awards", "sch.wide",
           "rao_scott_exact_mixture")
table_test("test-table-domain-f", poll_nested, "q03", "gender", "rao_scott_2nd_order_F",
           "gender %in% c('Female', 'Male')")

fit <- function(id, design, var, p, named = TRUE) {
  found <- suppressWarnings(
    svygofchisq(as.formula(paste0("~`", var, "`")), unlist(p), answered(design$object, var)))
  ask <- list(stat = "goodness_of_fit", var = var, p = if (named) p else unlist(unname(p)),
              missing = "domain")
  write_case(id, design, ask,
             list(statistic = found$statistic[[1]], df = found$parameter[["df"]],
                  p = found$p.value[[1]], scale = found$parameter[["scale"]]), 1e-7)
}
types <- list(E = 0.7, H = 0.12, M = 0.18)
answers <- list(Agree = 0.33, Disagree = 0.13, "Neither agree nor disagree" = 0.15,
                "Strongly agree" = 0.33, "Strongly disagree" = 0.06)
fit("test-fit-weights-only", simple, "stype", types)
fit("test-fit-strata", poll_strata, "q01", answers)
fit("test-fit-clusters-as-list", one_stage, "stype", types, named = FALSE)
fit("test-fit-two-stage", two_stage, "stype", types)

t_test <- function(id, design, formula, var, ..., domain = NULL, note = NULL) {
  d <- design$object
  if (!is.null(domain)) d <- d[which(eval(parse(text = domain), d$variables)), ]
  d <- d[stats::complete.cases(model.frame(as_formula(all.vars(formula)), d$variables,
                                           na.action = na.pass)), ]
  found <- svyttest(formula, d)
  answer <- list(t = found$statistic[[1]], df = found$parameter[[1]], p = found$p.value[[1]],
                 est = found$estimate[[1]], ci = as.vector(found$conf.int))
  ask <- list(stat = "ttest", var = var, ..., missing = "domain")
  ask$domain <- domain
  write_case(id, design, ask, answer, 1e-7, note)
}
t_test("test-t-group-strata", stratified, enroll ~ sch.wide, "enroll", group = "sch.wide")
t_test("test-t-group-two-stage", two_stage, api00 ~ comp.imp, "api00", group = "comp.imp")
t_test("test-t-group-clusters-domain", poll_clusters, n1 ~ gender, "n1", group = "gender",
       domain = "gender %in% c('Female', 'Male')", note = "Male minus Female")
t_test("test-t-group-weights-only-missing", poll, n1 ~ gender, "n1", group = "gender",
       domain = "gender %in% c('Female', 'Male')",
       note = "degrees of freedom of the records in the domain that have an answer")
t_test("test-t-mu-clusters", one_stage, I(api00 - 600) ~ 0, "api00", mu = 600,
       note = "the estimate is the mean minus 600")
t_test("test-t-paired-strata", stratified, I(api00 - api99) ~ 0, "api00", paired_with = "api99")

ranks <- c(wilcoxon = "wilcoxon", median = "median", van_der_waerden = "vanderWaerden",
           kruskal_wallis = "KruskalWallis")
rank_test <- function(id, design, var, group, test, domain = NULL) {
  d <- answered(design$object, var, group)
  if (!is.null(domain)) d <- d[which(eval(parse(text = domain), d$variables)), ]
  found <- svyranktest(as.formula(paste(var, "~", group)), d, test = ranks[[test]])
  # For more than two groups R has the statistic and its degrees of freedom the wrong way round.
  answer <- if (is.null(found$ddf)) {
    list(statistic = found$statistic[[1]], df = found$parameter[[1]], est = found$estimate[[1]])
  } else {
    list(statistic = found$parameter[[1]], ndf = found$statistic[[1]], ddf = found$ddf)
  }
  ask <- list(stat = "ranktest", var = var, group = group, test = test, missing = "domain")
  ask$domain <- domain
  write_case(id, design, ask, c(answer, p = as.vector(found$p.value)), 1e-7)
}
for (test in names(ranks)) {
  rank_test(gsub("_", "-", paste0("test-rank-", test)), poll_clusters, "n1", "gender", test,
            "gender %in% c('Female', 'Male')")
}
rank_test("test-rank-wilcoxon-weights-only", simple, "api00", "comp.imp", "wilcoxon")
rank_test("test-rank-wilcoxon-strata", stratified, "enroll", "awards", "wilcoxon")
rank_test("test-rank-three-groups-strata", stratified, "enroll", "stype", "kruskal_wallis")
rank_test("test-rank-five-groups-median", poll_clusters, "n1", "sector", "median")
