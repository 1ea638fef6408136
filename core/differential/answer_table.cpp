// What a table of answers says without chance: the likeliest shares, and how well it tells kinds
// apart.
#include <cmath>
#include <limits>

#include "core/differential/second_interval.h"

namespace leukolens {
namespace {

using Rows = std::vector<std::vector<double>>;

Rows rates_of(const AnswerTable& table) {
  Rows rates = table.counts;
  for (std::vector<double>& row : rates) {
    double sum = 0;
    for (const double cells : row) sum += cells;
    for (double& cells : row) cells = sum > 0 ? cells / sum : 0;
  }
  return rates;
}

// One step of EM: each answer shared out by the shares before. Returns the largest change.
double step(const Rows& rates, std::span<const std::uint64_t> answers,
            std::vector<double>& shares) {
  std::vector<double> next(shares.size());
  double all = 0;
  for (std::size_t answer = 0; answer < answers.size(); ++answer) {
    double expected = 0;
    for (std::size_t kind = 0; kind < shares.size(); ++kind) {
      expected += shares[kind] * rates[kind][answer];
    }
    if (expected <= 0) continue;  // an answer that no cell of the table got
    const auto cells = static_cast<double>(answers[answer]);
    all += cells;
    for (std::size_t kind = 0; kind < shares.size(); ++kind) {
      next[kind] += cells * shares[kind] * rates[kind][answer] / expected;
    }
  }
  double change = 0;
  for (std::size_t kind = 0; kind < shares.size(); ++kind) {
    next[kind] = all > 0 ? next[kind] / all : 0;
    change = std::fmax(change, std::fabs(next[kind] - shares[kind]));
  }
  shares = next;
  return change;
}

// Turns rows a and b of a square symmetric matrix so that the element between them is 0 (Jacobi).
void rotate(Rows& m, std::size_t a, std::size_t b) {
  if (m[a][b] == 0) return;
  const double angle = (m[b][b] - m[a][a]) / (2 * m[a][b]);
  const double t = std::copysign(1, angle) / (std::fabs(angle) + std::hypot(1, angle));
  const double c = 1 / std::hypot(1, t), s = t * c;
  for (std::vector<double>& row : m) {
    const double x = row[a], y = row[b];
    row[a] = c * x - s * y;
    row[b] = s * x + c * y;
  }
  for (std::size_t i = 0; i < m.size(); ++i) {
    const double x = m[a][i], y = m[b][i];
    m[a][i] = c * x - s * y;
    m[b][i] = s * x + c * y;
  }
}

}  // namespace

std::vector<double> likeliest_shares(const AnswerTable& table,
                                     std::span<const std::uint64_t> answers) {
  const Rows rates = rates_of(table);
  std::vector<double> shares(table.kinds.size(), 1.0 / static_cast<double>(table.kinds.size()));
  // Slow where a share tends to 0, so the change has to be far below what is shown.
  for (int i = 0; i < 20'000; ++i) {
    if (step(rates, answers, shares) < 1e-12) break;
  }
  return shares;
}

double condition_number(const AnswerTable& table) {
  const Rows rates = rates_of(table);
  const std::size_t kinds = rates.size();
  Rows product(kinds, std::vector<double>(kinds));  // its eigenvalues: squared singular values
  for (std::size_t a = 0; a < kinds; ++a) {
    for (std::size_t b = 0; b < kinds; ++b) {
      for (std::size_t i = 0; i < rates[a].size(); ++i) product[a][b] += rates[a][i] * rates[b][i];
    }
  }
  for (int sweep = 0; sweep < 30; ++sweep) {
    for (std::size_t a = 0; a < kinds; ++a) {
      for (std::size_t b = a + 1; b < kinds; ++b) rotate(product, a, b);
    }
  }
  double least = product[0][0], most = product[0][0];
  for (std::size_t i = 0; i < kinds; ++i) {
    least = std::fmin(least, product[i][i]);
    most = std::fmax(most, product[i][i]);
  }
  if (least <= 1e-12 * most) return std::numeric_limits<double>::infinity();
  return std::sqrt(most / least);
}

}  // namespace leukolens
