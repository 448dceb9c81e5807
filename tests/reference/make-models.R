# Makes the cases of generalised linear models.
source("cases.R")

glm_case <- function(id, design, formula, family, ..., reference = NULL, note = NULL,
                     flat = FALSE) {
  d <- design$object
  for (name in names(reference)) {
    d$variables[[name]] <- relevel(factor(d$variables[[name]]), reference[[name]])
  }
  families <- list(gaussian = gaussian(), binomial = quasibinomial(), poisson = quasipoisson(),
                   quasibinomial = quasibinomial(), quasipoisson = quasipoisson())
  for (text in names(Filter(is.character, d$variables))) {
    d$variables[[text]] <- factor(d$variables[[text]])
  }
  model <- svyglm(as.formula(formula), d, family = families[[family]],
                  control = glm.control(epsilon = 1e-14, maxit = 100))
  found <- coef(summary(model))
  answer <- if (flat) {
    columns <- lapply(1:4, function(j) as.list(found[, j]))
    setNames(columns, c("coefficients", "se", "t", "p"))
  } else {
    row <- function(i) as.list(setNames(found[i, ], c("est", "se", "t", "p")))
    list(coefficients = setNames(lapply(seq_len(nrow(found)), row), rownames(found)))
  }
  ask <- list(stat = "glm", formula = formula, family = family, ...)
  ask$reference <- reference
  write_case(id, design, ask, c(answer, df = model$df.residual), 1e-6, note)
}
glm_case("glm-gaussian-two-stage-missing", two_stage, "api00 ~ ell + meals + mobility",
         "gaussian", missing = "domain")
glm_case("glm-gaussian-groups", one_stage, "api00 ~ stype + meals", "gaussian",
         reference = list(stype = "M"))
glm_case("glm-gaussian-interaction", stratified, "api00 ~ awards * meals", "gaussian")
glm_case("glm-gaussian-squares", two_stage, "api00 ~ meals + I(meals^2)", "gaussian")
glm_case("glm-gaussian-columns", stratified, "enroll ~ stype", "gaussian", flat = TRUE)
glm_case("glm-binomial-weights-only", simple, "I(awards == \"Yes\") ~ api99 + meals",
         "binomial")
glm_case("glm-binomial-strata", stratified, "awards ~ ell + meals + stype", "binomial",
         note = "the second answer, Yes, against the first")
glm_case("glm-binomial-clusters", poll_clusters, "I(q01 == 'Strongly agree') ~ n1 + role",
         "quasibinomial", reference = list(role = "Senior leader"), missing = "domain")
glm_case("glm-poisson-strata", stratified, "enroll ~ stype + meals", "poisson")
