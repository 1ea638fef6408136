// The model card: what a protocol found, as Markdown for people and JSON for programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/deletion.h"
#include "tools/leukolens/field_card.h"
#include "tools/leukolens/figures.h"
#include "tools/leukolens/gates.h"
#include "tools/leukolens/quality_card.h"
#include "tools/leukolens/refusal.h"

namespace leukolens::tool {

// A set or a part of it, each picture counted, and each unit (original) counted once by its mean
// probabilities.
struct View {
  std::string name, title;
  std::size_t units_left_out = 0;
  Figures per_picture;
  std::optional<Figures> per_unit;  // none where each unit has one picture
};

// One unit and how it fared.
struct UnitRow {
  std::string unit;
  std::size_t truth = 0, answer = kNoAnswer;
  std::size_t pictures = 0, right = 0;
  double truth_probability = 0, answer_probability = 0;  // means
};

// The int8 net on the same pictures.
struct Int8View {
  Figures per_picture;
  std::optional<Figures> per_unit;
  std::size_t same_answer = 0;
  Estimate difference;  // accuracy per picture, int8 minus float
};

struct SetCard {
  std::string name, title, about;
  std::size_t units_unknown = 0;  // pictures without a unit: not counted per unit
  std::vector<View> views;        // the whole set first
  std::optional<Int8View> int8;
  std::vector<UnitRow> worst;         // worst first
  std::vector<UnitRow> contradicted;  // by the nets of another set (or this one), see above
};

struct CardData {
  std::string title;
  ModelIdentity model;
  ModelCard card;
  std::uint64_t parameters = 0, multiply_adds = 0;
  std::optional<ModelIdentity> int8_model;
  std::uint64_t int8_bytes = 0;
  std::size_t resamples = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> data, limits;
  std::vector<SetCard> sets;
  std::vector<RefusalCard> refusals;
  std::vector<DeletionCard> deletions;
  std::vector<FieldCard> fields;
  std::vector<QualityCard> qualities;
  std::vector<GateResult> gates;
  std::string ablation;               // Markdown; may be empty
  std::string plots;                  // path from the card to the folder of figures_svg's plots
  std::vector<std::string> left_out;  // sentences: what was not run and why
  bool finished = true;               // false: Ctrl-C
};

std::string card_markdown(const CardData& data, const std::string& command);
std::string card_json(const CardData& data, const std::string& command);

}  // namespace leukolens::tool
