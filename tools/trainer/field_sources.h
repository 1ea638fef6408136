// What each data set has to say about boxes, with the pictures not yet read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/trainer/field_list.h"

namespace leukolens::trainer {

// Appends what may be trained on; boxes of TXL are relative to width and height (0..1), those of
// other sets in pixels. Errors: an unknown set, missing files.
void append_fields(const std::string& set, const std::filesystem::path& data,
                   std::vector<FieldPicture>& fields);

// Validation parts, for choosing: "txl" (without copies of BCCD and without pictures that have a
// double in TXL's training part) or "bccd" (box split).
void append_validation(const std::string& set, const std::filesystem::path& data,
                       std::vector<FieldPicture>& fields);

// Whether the boxes of a set are relative.
bool has_relative_boxes(const FieldPicture& field);

}  // namespace leukolens::trainer
