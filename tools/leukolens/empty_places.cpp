#include "tools/leukolens/empty_places.h"

#include <algorithm>
#include <exception>
#include <vector>

#include "core/count/bootstrap.h"
#include "tools/boxes/boxes.h"
#include "tools/leukolens/faults.h"

namespace leukolens::tool {
namespace {

constexpr int kTries = 400;

std::vector<Box> white_cells(const std::string& file) try {
  std::vector<Box> boxes;
  for (const boxes::NamedBox& named : boxes::read_voc(file)) {
    if (named.name == "WBC") boxes.push_back(named.box);
  }
  return boxes;
} catch (const std::exception& fault) {
  throw Fault(fault.what());
}

bool touch(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// FNV-1a, so that every file has a place of its own.
std::uint64_t seed_of(const std::string& name) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

int below(SeededRandom& random, int n) {
  return static_cast<int>(random.below(static_cast<std::size_t>(n)));
}

}  // namespace

std::optional<Box> empty_place(const FieldSize& field, const std::string& boxes) {
  const std::vector<Box> white = white_cells(boxes);
  int side = white.empty() ? field.height / 3 : 0;
  for (const Box& box : white) side = std::max({side, box.width, box.height});
  if (side > std::min(field.width, field.height)) return std::nullopt;
  SeededRandom random(seed_of(boxes.substr(boxes.find_last_of('/') + 1)));
  for (int i = 0; i < kTries; ++i) {
    const int x = below(random, field.width - side + 1);
    const int y = below(random, field.height - side + 1);
    const Box place{x, y, side, side};
    if (std::ranges::none_of(white, [&](const Box& box) { return touch(box, place); })) {
      return place;
    }
  }
  return std::nullopt;
}

}  // namespace leukolens::tool
