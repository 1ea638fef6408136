#include "tools/leukolens/ablation.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

using nlohmann::ordered_json;

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::string changes_text(const ordered_json& changes) {
  std::string text;
  for (const auto& [key, value] : changes.items()) {
    text += (text.empty() ? "`" : ", `") + key + " = " + value.get<std::string>() + '`';
  }
  return text.empty() ? "-" : text;
}

// The sites' means over the seeds, their average, and how far the seeds' averages lie apart.
std::string variant_row(const ordered_json& variant, const std::vector<std::string>& sites,
                        std::size_t seeds) {
  std::string text = "| " + variant.at("name").get<std::string>() + " | " +
                     changes_text(variant.at("changes")) + " |";
  std::vector<double> of_site, of_seed(seeds);
  for (const std::string& site : sites) {
    const auto values = variant.at("recall").at(site).get<std::vector<double>>();
    if (values.size() != seeds) throw Fault("a trial of " + site + " is missing");
    of_site.push_back(mean(values));
    text += ' ' + fixed(100 * of_site.back(), 1) + " |";
    for (std::size_t i = 0; i < seeds; ++i) {
      of_seed[i] += values[i] / static_cast<double>(sites.size());
    }
  }
  const auto [low, high] = std::ranges::minmax(of_seed);
  return text + ' ' + fixed(100 * mean(of_site), 1) + " | " + fixed(100 * low, 1) + "-" +
         fixed(100 * high, 1) + " |\n";
}

std::string table(const ordered_json& trials) {
  const auto sites = trials.at("sites").get<std::vector<std::string>>();
  const std::size_t seeds = trials.at("seeds").size();
  std::string head = "| change | recipe |", rule = "| --- | --- |";
  for (const std::string& site : sites) {
    head += " without " + site + " |";
    rule += " --- |";
  }
  std::string text =
      "## What was tried\n\nEach change trained for " +
      std::to_string(trials.at("steps").get<int>()) + " steps with " +
      count_of(seeds, "seed", "seeds") +
      " and one site left out after the other: mean recall of the four common classes there, in "
      "per cent, mean of the seeds; last, the average of the sites and its range over the "
      "seeds.\n\n" +
      head + " average | seeds |\n" + rule + " --- | --- |\n";
  for (const ordered_json& variant : trials.at("variants")) {
    text += variant_row(variant, sites, seeds);
  }
  return text + '\n';
}

}  // namespace

std::string ablation_markdown(const std::string& path) {
  try {
    const ordered_json trials = ordered_json::parse(read_text(path));
    if (trials.at("schema") != "leukolens-ablation/1") {
      throw Fault("\"schema\" must be \"leukolens-ablation/1\"");
    }
    return table(trials);
  } catch (const ordered_json::exception& error) {
    throw Fault(printable(path) + ": " + error.what());
  }
}

}  // namespace leukolens::tool
