// The page's way to the figures of a labelled folder: the measures of `leukolens evaluate`.
#include <emscripten/bind.h>

#include <string>
#include <vector>

#include "core/leukolens.h"

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(OutcomeList)
EMSCRIPTEN_DECLARE_VAL_TYPE(Figures)
// Indices of classes; an answer of null: no cell was found.
constexpr char kOutcomesType[] = "{ truth: number; answer: number | null; confidence: number }[]";
// Limits are those of the 95 % interval of Clopper and Pearson; 0 and 1 where n is 0. Rows of the
// matrix are true classes; their last column counts pictures without an answer. What is not a
// number is NaN.
constexpr char kFiguresType[] =
    "{ pictures: number; unanswered: number;"
    " accuracy: { hits: number; n: number; lower: number; upper: number };"
    " recalls: { hits: number; n: number; lower: number; upper: number }[];"
    " precisions: { hits: number; n: number; lower: number; upper: number }[];"
    " meanRecall: number; calibrationError: number; confusion: number[][];"
    " reliability: { from: number; to: number; answers: number; confidence: number;"
    " accuracy: number }[] }";

val number(std::uint64_t count) { return val(static_cast<double>(count)); }

// What names none of the classes is left out.
std::vector<leukolens::Outcome> to_outcomes(const val& list, std::size_t classes) {
  std::vector<leukolens::Outcome> outcomes;
  for (const val& one : list) {
    leukolens::Outcome outcome{one["truth"].as<std::size_t>(), leukolens::kNoAnswer,
                               one["confidence"].as<double>()};
    if (!one["answer"].isNull()) outcome.answer = one["answer"].as<std::size_t>();
    const bool is_answer = outcome.answer < classes || outcome.answer == leukolens::kNoAnswer;
    if (outcome.truth < classes && is_answer) outcomes.push_back(outcome);
  }
  return outcomes;
}

val to_proportion(const leukolens::Proportion& part) {
  const auto limits = leukolens::clopper_pearson(part.hits, part.n);
  val object = val::object();
  object.set("hits", number(part.hits));
  object.set("n", number(part.n));
  object.set("lower", limits.lower);
  object.set("upper", limits.upper);
  return object;
}

val to_row(const leukolens::Confusion& confusion, std::size_t truth) {
  val row = val::array();
  for (std::size_t answer = 0; answer < confusion.classes(); ++answer) {
    row.call<void>("push", number(confusion.at(truth, answer)));
  }
  row.call<void>("push", number(confusion.at(truth, leukolens::kNoAnswer)));
  return row;
}

val to_bins(const std::vector<leukolens::Outcome>& outcomes) {
  val bins = val::array();
  for (const leukolens::ReliabilityBin& bin : leukolens::reliability(outcomes)) {
    val object = val::object();
    object.set("from", bin.from);
    object.set("to", bin.to);
    object.set("answers", number(bin.answers));
    object.set("confidence", bin.confidence);
    object.set("accuracy", bin.accuracy);
    bins.call<void>("push", object);
  }
  return bins;
}

Figures evaluation(std::size_t classes, const OutcomeList& list) {
  const auto outcomes = to_outcomes(list, classes);
  const leukolens::Confusion confusion(outcomes, classes);
  val rows = val::array(), recalls = val::array(), precisions = val::array();
  for (std::size_t i = 0; i < classes; ++i) {
    rows.call<void>("push", to_row(confusion, i));
    recalls.call<void>("push", to_proportion(confusion.recall(i)));
    precisions.call<void>("push", to_proportion(confusion.precision(i)));
  }
  val figures = val::object();
  figures.set("pictures", number(outcomes.size()));
  figures.set("unanswered", number(confusion.unanswered()));
  figures.set("accuracy", to_proportion(confusion.accuracy()));
  figures.set("recalls", recalls);
  figures.set("precisions", precisions);
  figures.set("meanRecall", confusion.mean_recall());
  figures.set("calibrationError", leukolens::expected_calibration_error(outcomes));
  figures.set("confusion", rows);
  figures.set("reliability", to_bins(outcomes));
  return Figures(figures);
}

}  // namespace

EMSCRIPTEN_BINDINGS(leukolens_evaluation) {
  using namespace emscripten;
  register_type<OutcomeList>(kOutcomesType);
  register_type<Figures>(kFiguresType);
  function("evaluation", &evaluation);
}
