# Makes the cases of unequal probabilities without replacement, and `data/election.csv`:
# 40 counties of the package's `election_pps`, drawn by size.
source("cases.R")

data(election)
sample <- election_pps[, c("County", "Bush", "Kerry", "Nader", "votes", "p")]
write.csv(sample, "data/election.csv", row.names = FALSE)

save <- function(id, keys, object, var) {
  df <- degf(object)
  design <- list(data = "data/election.csv", keys = keys)
  write_case(id, design, list(stat = "total", var = var),
             list(rows = rows(svytotal(as_formula(var), object), var, df), df = df))
}
squares <- sum(election$p^2) / 40
save("unequal-brewer", list(fpc = "p", pps = "brewer"),
     svydesign(id = ~1, fpc = ~p, data = sample, pps = "brewer"), c("Bush", "Kerry"))
save("unequal-hartley-rao", list(fpc = "p", pps = list(method = "HR", sum_of_squares = squares)),
     svydesign(id = ~1, fpc = ~p, data = sample, pps = HR(squares)), c("Bush", "Kerry"))
