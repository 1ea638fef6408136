#include "tools/trainer/golden.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "core/cells/crop.h"
#include "core/cells/find.h"
#include "core/picture/decode.h"
#include "tools/trainer/crops.h"
#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr double kTolerance = 1e-4;  // of logits and probabilities
constexpr int kFirstValues = 12;

std::vector<fs::path> pictures_of(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".png") files.push_back(entry.path());
    }
  }
  if (files.empty()) throw std::runtime_error(folder.string() + " holds no .png pictures");
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<float> numbers(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

ordered_json golden_picture(const fs::path& file, const Recipe& recipe, const FoldedNet& net,
                            const QuantisedNet& quantised, double temperature) {
  auto picture = decode(read_bytes(file));
  if (!picture) throw std::runtime_error(file.string() + ": " + error_message(picture.error()));
  const std::vector<Sighting> found = find_cells(*picture);
  if (found.empty()) throw std::runtime_error(file.string() + ": the finder sees no cell in it");
  const Box box = found.front().box;
  Tensor crop_tensor;
  crop(*picture, box, input_spec(recipe), crop_tensor);
  const int px = recipe.input_px;
  const torch::Tensor input = torch::from_blob(crop_tensor.values.data(), {1, px, px, 3})
                                  .permute({0, 3, 1, 2})
                                  .contiguous();
  const torch::Tensor logits = run(net, input)[net.outputs[0]][0];
  const torch::Tensor int8_logits = run(quantised, input)[net.outputs[0]][0];
  const auto classes = static_cast<std::int64_t>(recipe.classes.size());
  const torch::Tensor class_logits = logits.slice(0, 0, classes);
  const auto& values = crop_tensor.values;
  ordered_json json;
  json["file"] = file.filename().string();
  json["box"] = {box.x, box.y, box.width, box.height};
  json["input"]["sum"] = std::accumulate(values.begin(), values.end(), 0.0);
  json["input"]["first"] = std::vector<float>(values.begin(), values.begin() + kFirstValues);
  json["logits"] = numbers(logits);
  json["probabilities"] = numbers((class_logits / temperature).softmax(0));
  json["refusal"] = numbers(logits.slice(0, classes).sigmoid());
  json["class"] = recipe.classes[class_logits.argmax().item<long>()];
  json["int8"]["logits"] = numbers(int8_logits);
  json["int8"]["class"] = recipe.classes[int8_logits.slice(0, 0, classes).argmax().item<long>()];
  return json;
}

}  // namespace

std::string golden_json(const Recipe& recipe, const FoldedNet& net, const QuantisedNet& quantised,
                        double temperature, const fs::path& folder) {
  ordered_json json;
  json["model"] = recipe.name + ".tflite";
  json["int8_model"] = recipe.name + "_int8.tflite";
  json["version"] = recipe.version;
  json["labels"] = recipe.classes;
  json["tolerance"] = kTolerance;
  json["pictures"] = ordered_json::array();
  for (const fs::path& file : pictures_of(folder)) {
    json["pictures"].push_back(golden_picture(file, recipe, net, quantised, temperature));
  }
  return json.dump(2) + "\n";
}

}  // namespace leukolens::trainer
