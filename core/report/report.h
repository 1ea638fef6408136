// Readings as text for programs: JSON lines (leukolens/1, told by schema.json beside this file) and
// CSV. The command line and the page write by these functions, so that their results can be
// compared.
#pragma once

#include <string>
#include <string_view>

#include "core/net/model.h"
#include "core/report/reading.h"
#include "core/result.h"

namespace leukolens {

inline constexpr std::string_view kSchema = "leukolens/1";

// Without the finder; Engine::identity knows it. `model` must have a card.
ModelIdentity identity_of(const Model& model);

// One JSON object without a line end. `file` is what the user called the picture.
std::string to_json(std::string_view file, const Reading& reading, const ModelIdentity& model);
// `code` is a stable name ("truncated_picture"), `message` a sentence.
std::string to_json(std::string_view file, std::string_view code, std::string_view message);
std::string to_json(std::string_view file, const Error& error);

// Column names, ended by CR LF; the same for every picture of a model.
std::string csv_header(const ModelIdentity& model);
// One line a cell, each ended by CR LF; a picture without a cell gives one line with empty fields.
std::string csv_rows(std::string_view file, const Reading& reading, const ModelIdentity& model);
// One line with the error and nothing else.
std::string csv_row(std::string_view file, std::string_view code, std::string_view message,
                    const ModelIdentity& model);

}  // namespace leukolens
