// SHA-256 (FIPS 180-4), to name a model file by its content.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace leukolens {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace leukolens
