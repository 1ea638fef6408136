#include "core/report/evidence.h"

namespace leukolens {

std::vector<float> evidence_for(const Evidence& evidence, std::size_t class_index,
                                std::size_t labels) {
  const std::size_t places = std::size_t(evidence.columns) * std::size_t(evidence.rows);
  if (places == 0) return {};
  const std::size_t stride = evidence.values.size() / places;
  std::vector<float> contrast;
  contrast.reserve(places);
  for (std::size_t place = 0; place < places; ++place) {
    const float* says = &evidence.values[place * stride];
    float others = 0;
    for (std::size_t label = 0; label < labels; ++label) {
      if (label != class_index) others += says[label];
    }
    contrast.push_back(says[class_index] - others / static_cast<float>(labels - 1));
  }
  return contrast;
}

}  // namespace leukolens
