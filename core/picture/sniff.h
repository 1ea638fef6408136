// First bytes -> which format this is, or what it is instead.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/picture/picture.h"

namespace leukolens {

// Exactly one of the two is set, or none if the bytes tell nothing.
struct Sniffed {
  std::optional<PictureFormat> format;  // one that can be decoded
  std::string foreign;                  // what it is instead, with article: "a TIFF file"
};

Sniffed sniff(std::span<const std::byte> file);

}  // namespace leukolens
