// Finds what lies near a point without asking everything: indices in square bins.
#pragma once

#include <cstddef>
#include <vector>

#include "tools/phantoms/geometry.h"

namespace leukolens::phantoms {

class Grid {
 public:
  // For points from (0, 0) to (width, height); others fall into the bins at the edge.
  Grid(double width_um, double height_um)
      : columns_(static_cast<int>(width_um / kBinUm) + 1),
        rows_(static_cast<int>(height_um / kBinUm) + 1),
        bins_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

  void add(Point middle_um, std::size_t index) {
    bins_[bin(column(middle_um.x), row(middle_um.y))].push_back(index);
  }

  // Calls visit(index) for all whose middle may lie between the two corners, bin by bin.
  template <class Visit>
  void visit(Point upper_left_um, Point lower_right_um, Visit visit) const {
    for (int y = row(upper_left_um.y); y <= row(lower_right_um.y); ++y) {
      for (int x = column(upper_left_um.x); x <= column(lower_right_um.x); ++x) {
        for (std::size_t index : bins_[bin(x, y)]) visit(index);
      }
    }
  }

 private:
  static constexpr double kBinUm = 10;
  int column(double x) const { return std::clamp(static_cast<int>(x / kBinUm), 0, columns_ - 1); }
  int row(double y) const { return std::clamp(static_cast<int>(y / kBinUm), 0, rows_ - 1); }
  std::size_t bin(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(x);
  }
  int columns_, rows_;
  std::vector<std::vector<std::size_t>> bins_;
};

}  // namespace leukolens::phantoms
