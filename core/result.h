// Result<T>: a value or an Error. The core is built without exceptions, so every door that can fail
// returns one. Reading value() of an error, or error() of a value, is a broken promise of the
// caller and stops the program with file and line.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leukolens {

// One enumerator for each line of errors.def.
enum class ErrorCode {
#define LEUKOLENS_ERROR(name, code, sentence) name,
#include "core/errors.def"
#undef LEUKOLENS_ERROR
};

// Code and the changing part only: `what` fills the {} of the sentence ("TIFF", "CONV_3D", "byte
// 4096").
struct Error {
  ErrorCode code;
  std::string what;
};

// Stable name for programs, such as "foreign_format".
std::string_view error_name(ErrorCode code);
// English sentence for people: what was found and what to do.
std::string error_message(const Error& error);

// The whole door for functions that give nothing back but may fail.
struct Done {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: meant to convert
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: meant to convert

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }

  T& value() & { return ok() ? *value_ : (std::abort(), *value_); }
  const T& value() const& { return ok() ? *value_ : (std::abort(), *value_); }
  T&& value() && { return ok() ? std::move(*value_) : (std::abort(), std::move(*value_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

  const Error& error() const { return ok() ? (std::abort(), error_) : error_; }

 private:
  std::optional<T> value_;
  Error error_{};
};

}  // namespace leukolens
