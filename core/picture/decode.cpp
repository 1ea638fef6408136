#include "core/picture/decode.h"

#include <cstdlib>
#include <memory>

#include "core/picture/stb_config.h"

namespace leukolens {
namespace {

struct FreeStb {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

}  // namespace

Result<Picture> decode(std::span<const std::byte> file, const Limits& limits) {
  if (file.empty()) return Error{ErrorCode::kEmptyFile, ""};
  if (file.size() > limits.max_bytes) {
    return Error{ErrorCode::kTooManyBytes, std::to_string(file.size()) + " bytes"};
  }
  Picture picture;
  int channels = 0;
  const std::unique_ptr<stbi_uc, FreeStb> pixels(
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(file.data()), int(file.size()),
                            &picture.width, &picture.height, &channels, 3));
  if (!pixels) return Error{ErrorCode::kBrokenPicture, stbi_failure_reason()};
  picture.rgb.assign(pixels.get(), pixels.get() + std::size_t(picture.width) * picture.height * 3);
  return picture;
}

}  // namespace leukolens
