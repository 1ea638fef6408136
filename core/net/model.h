// A .tflite file, verified and understood. Knows no pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace leukolens {

// What a model file says of itself (the "leukolens" metadata, see schema.fbs: ModelCard).
// Numbers that describe a stain, see core/cells/stain.h.
inline constexpr std::size_t kStainValues = 7;

struct ModelCard {
  std::string name, version;
  std::vector<std::string> labels;
  int input_width = 0, input_height = 0;
  float mean[3] = {0, 0, 0}, std[3] = {1, 1, 1};
  std::string colour_order;  // "RGB"
  float crop_scale = 0;
  float temperature = 1;
  float classified_threshold = 0;
  std::string training_set;
  std::string kind = "classifier", normalisation = "linear";
  float context_scale = 0;  // above 0 for "density"
  // The logits behind those of the labels, each with a probability of its own: "other_or_abnormal",
  // "not_a_white_cell". A cell whose probability reaches the threshold (0..1) gets that verdict.
  std::vector<std::string> side_labels;
  std::vector<float> side_thresholds;
  // Stains it was trained on, see core/cells/stain.h; empty if it doesn't tell.
  std::vector<float> stain_centres, stain_spread;
  float stain_farthest = 0;
  std::vector<float> label_thresholds;  // of a finder: lowest score of each label, 0..1
};

// One row of `leukolens inspect`.
struct LayerInfo {
  std::string op;  // "CONV_2D"
  std::vector<std::int32_t> input_shape, output_shape;
  std::string type;  // "float32" or "int8"
  std::uint64_t parameters = 0, multiply_adds = 0;
};

struct Graph;  // internal to the net room

// What a model file says, copied out of it; the file's bytes aren't needed afterwards. Movable, not
// copyable.
class Model {
 public:
  // FlatBuffers verifier first, then checks of meaning (shapes, types, quantisation, indices,
  // metadata). Errors: model_not_tflite, model_corrupt, model_invalid, model_unsupported,
  // operator_unknown, model_metadata. A model without "leukolens" metadata loads (has_card() is
  // false).
  static Result<Model> parse(std::span<const std::byte> file);
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  bool has_card() const;
  const ModelCard& card() const;  // only if has_card()
  const std::vector<LayerInfo>& layers() const;
  std::uint64_t parameters() const;     // weights and biases
  std::uint64_t multiply_adds() const;  // of one run at the file's input shape
  const std::string& sha256() const;    // of the file, 64 lower-case hex digits
  // For the runner, which keeps it alive beyond the model.
  std::shared_ptr<const Graph> graph() const;

 private:
  Model();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace leukolens
