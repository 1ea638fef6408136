// Area-true resampling: each target pixel is the mean of the source area it covers.
#pragma once

#include "core/picture/picture.h"

namespace leukolens {

// A rectangle of the source in (fractional) pixels; may reach beyond the picture, where the nearest
// edge pixel is repeated.
struct Region {
  double x = 0, y = 0, width = 0, height = 0;
};

inline Region region_of(const Box& box) {
  return {double(box.x), double(box.y), double(box.width), double(box.height)};
}

// Samples `region` of `source` into target_width x target_height x 3 floats (0..255, RGB
// interleaved) in the caller's memory. Where the target is finer than the source it interpolates
// bilinearly.
void resample(const Picture& source, const Region& region, int target_width, int target_height,
              float* target);

// `region` as a picture of target_width x target_height, rounded to 8 bits; format and warnings are
// the source's.
Picture cut(const Picture& source, const Region& region, int target_width, int target_height);

// The picture shrunk so that its longer side is at most `max_side_px`; never enlarged.
Picture fit(const Picture& source, int max_side_px);

}  // namespace leukolens
