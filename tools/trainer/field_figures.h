// What the core's finder finds with a net, against given boxes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/trainer/field_list.h"

namespace leukolens::trainer {

struct FieldFigures {
  struct OfKind {
    double average_precision = 0, threshold = 0.5, f1 = 0;
    std::size_t given = 0;
  };
  OfKind kinds[3];          // as Kind
  double right_counts = 0;  // of the pictures: as many white cells as given, 0..1
};

// `model` is a .tflite file of kind finder. Thresholds are those of best F1, or `thresholds` if
// given. Errors: a model that the core refuses.
FieldFigures measure_finder(const std::vector<std::byte>& model,
                            const std::vector<FieldPicture>& fields,
                            const std::vector<float>& thresholds = {});
// One line for people.
std::string line_of(const FieldFigures& figures);

}  // namespace leukolens::trainer
