// Refusals: which pictures count as refused, and how well the sides tell them from white cells.
#include "tools/leukolens/refusal.h"

#include <nlohmann/json.hpp>
#include <string>

#include "doctest.h"

using namespace leukolens::tool;

namespace {

const std::vector<float> kThresholds{0.5f, 0.7f};

Prediction sides(float first, float second) { return {{0.6f, 0.4f}, {first, second}}; }

// White cells refused most by 0.1, 0.3 and 0.6; a smudge and a second one by 0.2 and 0.7 (the
// second reaches its threshold); of a platelet no cell was found.
RefusalCard a_card() {
  RefusalCard card = refusal_card({sides(0.1f, 0), sides(0.3f, 0.1f), sides(0.6f, 0)},
                                  {sides(0.2f, 0), {}, sides(0, 0.7f)},
                                  {"smudge", "platelet", "smudge"}, kThresholds, {50, 1, 0.95});
  card.name = "refused";
  card.title = "What is to be refused";
  card.about = "Two kinds.";
  card.white_title = "some cells";
  return card;
}

}  // namespace

TEST_CASE("what reaches a side's own threshold is refused, and what has no cell most of all") {
  const RefusalCard card = a_card();
  CHECK(card.white == 3);
  CHECK(card.white_refused == 1);
  REQUIRE(card.kinds.size() == 2);
  const RefusedKind &platelet = card.kinds[0], &smudge = card.kinds[1];
  CHECK(platelet.kind == "platelet");
  CHECK(platelet.pictures == 1);
  CHECK(platelet.no_cell == 1);
  CHECK(platelet.refused == 1);
  CHECK(platelet.auroc.share == 1);
  CHECK(smudge.pictures == 2);
  CHECK(smudge.no_cell == 0);
  CHECK(smudge.refused == 1);
  CHECK_MESSAGE(smudge.auroc.share == doctest::Approx(4 / 6.0),
                "0.2 is above 0.1 alone, 0.7 above all three");
  CHECK(smudge.auroc.interval.lower <= smudge.auroc.share);
  CHECK(smudge.auroc.interval.upper >= smudge.auroc.share);
}

TEST_CASE("a side below its threshold refuses nothing, though another side's were lower") {
  CHECK(refusal_card({sides(0.49f, 0.69f)}, {}, {}, kThresholds, {10, 1, 0.95}).white_refused == 0);
  CHECK(refusal_card({sides(0, 0.7f)}, {}, {}, kThresholds, {10, 1, 0.95}).white_refused == 1);
}

TEST_CASE("refusals in a card: for people a row a kind, for programs the same figures") {
  const RefusalCard card = a_card();
  const std::string text = refusal_markdown(card);
  CHECK(
      text.starts_with("## What is to be refused\n\nTwo kinds. White cells: some cells (3), of "
                       "which 1 are refused.\n\n"));
  CHECK(text.find("| platelet | 1 | 1.000 (1.000-1.000) | 1 | 1 |\n") != std::string::npos);
  CHECK(text.find("| smudge | 2 | 0.667 (") != std::string::npos);

  leukolens::JsonWriter writer;
  write_refusal(writer, card);
  const auto json = nlohmann::json::parse(writer.take());
  CHECK(json.at("name") == "refused");
  CHECK(json.at("unseen") == false);
  CHECK(json.at("white_refused") == 1);
  CHECK(json.at("kinds").at(1).at("kind") == "smudge");
  CHECK(json.at("kinds").at(1).at("refused") == 1);
  CHECK(json.at("kinds").at(0).at("no_cell_found") == 1);
  CHECK(json.at("kinds").at(1).at("auroc").at("share").get<double>() == doctest::Approx(4 / 6.0));
}
