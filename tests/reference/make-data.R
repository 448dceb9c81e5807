# Makes the synthetic data of the cases with replicate weights: `data/pairs.csv` and
# `data/pairs-replicates.csv`.
#
# Seven strata of two sampling units of three records; columns of replicate weights:
#   brr     balanced half samples, final weights
#   fay     by Fay's method with 0.3, multipliers of the weight
#   jkn     one unit of a stratum left out, final weights
#   drop    one of the 14 units left out, as if there were no strata, multipliers
#   sdr     successive differences over the 14 units in order, final weights
# The file of replicates holds `boot`, a bootstrap of n-1 units in each stratum (final weights),
# by `id` and not in the order of the records.
library(survey)

RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20240113)
n <- 42
stratum <- rep(1:7, each = 6)
psu <- rep(1:14, each = 3)
place <- rnorm(14)[psu] + rnorm(7)[stratum]
pick <- function(labels, score) labels[pmin(length(labels), pmax(1, round(score)))]
pairs <- data.frame(
  id = sprintf("M%03d", 1:n), stratum = paste0("S", stratum), psu = paste0("U", psu),
  weight = round(runif(7, 20, 60)[stratum] * runif(n, 0.8, 1.25), 3),
  hours = round(48 + 3 * place + rnorm(n, sd = 5), 1),
  years = round(pmax(0, 12 + 2 * place + rnorm(n, sd = 6))),
  phase = sample(c("Primary", "Secondary", "Special"), n, TRUE, c(0.5, 0.35, 0.15)),
  view = pick(c("No", "Unsure", "Yes"), 2.1 + 0.4 * place + rnorm(n, sd = 0.8)),
  band = sample(1:3, n, TRUE))
pairs$hours[c(5, 23)] <- NA
pairs$view[c(11, 30, 38)] <- NA

w <- pairs$weight
strata <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = pairs)
clusters <- svydesign(ids = ~psu, weights = ~weight, data = pairs)
multipliers <- function(design, ...) {
  unclass(weights(as.svrepdesign(design, ..., compress = FALSE), "replication"))
}
columns <- function(name, matrix) {
  colnames(matrix) <- paste0(name, seq_len(ncol(matrix)))
  as.data.frame(round(matrix, 6))
}
# Ash (2014): 1 + 2^(-3/2) (h[r, i] - h[r, i + 1]) for unit i and replicate r.
h <- 2 * hadamard(15) - 1
steps <- t(sapply(psu, function(i) 1 + 2^-1.5 * (h[i, ] - h[i + 1, ])))
pairs <- cbind(pairs, columns("brr", w * multipliers(strata, type = "BRR")),
               columns("fay", multipliers(strata, type = "Fay", fay.rho = 0.3)),
               columns("jkn", w * multipliers(strata, type = "JKn")),
               columns("drop", multipliers(clusters, type = "JK1")),
               columns("sdr", w * steps))
write.csv(pairs, "data/pairs.csv", row.names = FALSE, na = "", quote = FALSE)

boot <- columns("boot", w * multipliers(strata, type = "subbootstrap", replicates = 20))
write.csv(cbind(id = pairs$id, boot)[sample(n), ], "data/pairs-replicates.csv",
          row.names = FALSE, quote = FALSE)
write.csv(boot, "data/pairs-replicates-in-order.csv", row.names = FALSE, quote = FALSE)
