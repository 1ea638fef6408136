#include "core/picture/size.h"

#include <string>

#include "core/picture/stb_config.h"

namespace leukolens {

Result<Done> check_size(std::uint64_t width, std::uint64_t height, const Limits& limits) {
  constexpr std::uint64_t kLeastSide = 16;
  // Beyond it the decoder refuses to go.
  constexpr std::uint64_t kMostSide = STBI_MAX_DIMENSIONS;
  const std::string shown = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0) {
    return Error{ErrorCode::kBrokenPicture, "its size is given as " + shown};
  }
  if (width > kMostSide || height > kMostSide || width * height > limits.max_pixels) {
    return Error{ErrorCode::kTooManyPixels,
                 shown + "; the limit is " + std::to_string(limits.max_pixels) + " in all"};
  }
  if (width < kLeastSide || height < kLeastSide) {
    return Error{ErrorCode::kPictureTooSmall, shown};
  }
  return Done{};
}

}  // namespace leukolens
