// Reading numbers out of a file's bytes. Each caller asks holds() first; nothing here checks again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace leukolens {

using Bytes = std::span<const std::byte>;

// Whether `count` bytes from `at` lie inside.
inline bool holds(Bytes bytes, std::size_t at, std::size_t count) {
  return at <= bytes.size() && count <= bytes.size() - at;
}

inline std::uint32_t byte_at(Bytes bytes, std::size_t at) { return std::uint32_t(bytes[at]); }

inline std::uint32_t big16(Bytes bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}
inline std::uint32_t big32(Bytes bytes, std::size_t at) {
  return big16(bytes, at) << 16 | big16(bytes, at + 2);
}
inline std::uint32_t little16(Bytes bytes, std::size_t at) {
  return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}
inline std::uint32_t little32(Bytes bytes, std::size_t at) {
  return little16(bytes, at) | little16(bytes, at + 2) << 16;
}

// The bytes as characters, for comparing with magic words.
inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace leukolens
