// The card's table of what was tried: means and ranges reckoned by hand.
#include "tools/leukolens/ablation.h"

#include <string>

#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"

using namespace leukolens::tool;

namespace {

constexpr const char* kTrials = R"({"schema": "leukolens-ablation/1", "steps": 300,
  "seeds": [1, 2], "sites": ["bccd", "pbc"], "variants": [
    {"name": "as it is", "changes": {},
     "recall": {"bccd": [0.5, 0.6], "pbc": [0.7, 0.9]}},
    {"name": "no stain", "changes": {"stain": "0", "blur": "1"},
     "recall": {"bccd": [0.4, 0.4], "pbc": [0.6, 0.8]}}]})";

std::string fault_of(const std::string& text) {
  const TemporaryFolder folder;
  try {
    ablation_markdown(folder.write("tried.json", text));
  } catch (const Fault& fault) {
    return fault.what();
  }
  return "none";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("each change has its sites' means, their average and the seeds' range") {
  const TemporaryFolder folder;
  const std::string text = ablation_markdown(folder.write("tried.json", kTrials));
  CHECK(text.find("Each change trained for 300 steps with 2 seeds and") != std::string::npos);
  CHECK(text.find("| change | recipe | without bccd | without pbc | average | seeds |\n"
                  "| --- | --- | --- | --- | --- | --- |\n"
                  "| as it is | - | 55.0 | 80.0 | 67.5 | 60.0-75.0 |\n"
                  "| no stain | `stain = 0`, `blur = 1` | 40.0 | 70.0 | 55.0 | 50.0-60.0 |\n") !=
        std::string::npos);
}

TEST_CASE("a file that is no table of trials, or lacks one, is a fault") {
  CHECK(fault_of("{").find("tried.json: ") != std::string::npos);
  CHECK(fault_of(with(kTrials, "ablation/1", "ablation/2")) ==
        "\"schema\" must be \"leukolens-ablation/1\"");
  CHECK(fault_of(with(kTrials, "[0.6, 0.8]", "[0.6]")) == "a trial of pbc is missing");
  CHECK(fault_of(with(kTrials, "\"pbc\": [0.7, 0.9]", "\"jtsc\": [1, 1]")).find("pbc") !=
        std::string::npos);
}
