#include "core/picture/resize.h"

#include <algorithm>
#include <cmath>

namespace leukolens {
namespace {

// Target pixel i is the weighted sum of source pixels first .. first + count - 1.
struct Span {
  int first = 0, count = 0;
  std::size_t weights = 0;  // where its weights start
};

// All target pixels of one axis; every weight list sums to 1.
struct Axis {
  std::vector<Span> spans;
  std::vector<float> weights;
};

void add_covered(Axis& axis, double from, double to, int size) {
  // What lies beyond the edge counts as the edge pixel, in one step however far it reaches.
  const int first =
      std::clamp(static_cast<int>(std::floor(std::clamp(from, 0.0, size - 1.0))), 0, size - 1);
  const int last = std::clamp(static_cast<int>(std::ceil(std::clamp(to, 1.0, double(size)))) - 1,
                              first, size - 1);
  axis.spans.push_back({first, last - first + 1, axis.weights.size()});
  for (int i = first; i <= last; ++i) {
    const double left = i == first ? from : i;
    const double right = i == last ? to : i + 1;
    axis.weights.push_back(static_cast<float>((right - left) / (to - from)));
  }
}

void add_interpolated(Axis& axis, double centre, int size) {
  const double at = std::clamp(centre - 0.5, 0.0, size - 1.0);
  const int first = std::min(static_cast<int>(at), std::max(size - 2, 0));
  const float share = static_cast<float>(at - first);
  axis.spans.push_back({first, size > 1 ? 2 : 1, axis.weights.size()});
  axis.weights.push_back(1 - share);
  if (size > 1) axis.weights.push_back(share);
}

Axis make_axis(double from, double length, int source_size, int target_size) {
  Axis axis;
  const double step = length / target_size;
  for (int i = 0; i < target_size; ++i) {
    if (step >= 1)
      add_covered(axis, from + i * step, from + (i + 1) * step, source_size);
    else
      add_interpolated(axis, from + (i + 0.5) * step, source_size);
  }
  return axis;
}

void resample_row(const std::uint8_t* row, const Axis& axis, float* out) {
  for (const Span& span : axis.spans) {
    const std::uint8_t* pixel = row + std::size_t(span.first) * 3;
    const float* weight = axis.weights.data() + span.weights;
    float r = 0, g = 0, b = 0;
    for (int i = 0; i < span.count; ++i, pixel += 3) {
      r += weight[i] * pixel[0];
      g += weight[i] * pixel[1];
      b += weight[i] * pixel[2];
    }
    out[0] = r;
    out[1] = g;
    out[2] = b;
    out += 3;
  }
}

}  // namespace

void resample(const Picture& source, const Region& region, int target_width, int target_height,
              float* target) {
  const Axis columns = make_axis(region.x, region.width, source.width, target_width);
  const Axis rows = make_axis(region.y, region.height, source.height, target_height);
  const std::size_t length = std::size_t(target_width) * 3;

  // Neighbouring target rows share at most their last and first source row (two when enlarging), so
  // the last even and the last odd row are kept.
  std::vector<float> kept[2] = {std::vector<float>(length), std::vector<float>(length)};
  int kept_row[2] = {-1, -1};
  for (const Span& span : rows.spans) {
    std::fill_n(target, length, 0.0f);
    for (int i = 0; i < span.count; ++i) {
      const int y = span.first + i, slot = y & 1;
      if (kept_row[slot] != y) {
        resample_row(source.rgb.data() + std::size_t(y) * source.width * 3, columns,
                     kept[slot].data());
        kept_row[slot] = y;
      }
      const float weight = rows.weights[span.weights + i];
      for (std::size_t k = 0; k < length; ++k) target[k] += weight * kept[slot][k];
    }
    target += length;
  }
}

Picture cut(const Picture& source, const Region& region, int target_width, int target_height) {
  Picture result;
  result.width = target_width;
  result.height = target_height;
  result.format = source.format;
  result.warnings = source.warnings;
  result.rgb.resize(std::size_t(target_width) * target_height * 3);
  std::vector<float> values(result.rgb.size());
  resample(source, region, target_width, target_height, values.data());
  std::transform(values.begin(), values.end(), result.rgb.begin(), [](float value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
  });
  return result;
}

Picture fit(const Picture& source, int max_side_px) {
  const int longer = std::max(source.width, source.height);
  if (longer <= max_side_px) return source;
  const double scale = static_cast<double>(max_side_px) / longer;
  return cut(source, {0, 0, double(source.width), double(source.height)},
             std::max(1, static_cast<int>(std::lround(source.width * scale))),
             std::max(1, static_cast<int>(std::lround(source.height * scale))));
}

}  // namespace leukolens
