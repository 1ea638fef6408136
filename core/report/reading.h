// What one picture gave, as plain data: the engine fills it, the report writes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cells/finder.h"
#include "core/cells/judge.h"
#include "core/cells/quality.h"
#include "core/picture/picture.h"

namespace leukolens {

inline constexpr std::string_view kProgramVersion = "0.1.0";
inline constexpr std::string_view kIntendedUse =
    "For education and research only. Not for use in diagnostic procedures. Leukaemic cells "
    "(blasts) are untested. Every answer must be checked by a qualified person.";

// The net that found the cells.
struct FinderIdentity {
  std::string name, version, sha256;
};

// Which model gave the answers; part of every result.
struct ModelIdentity {
  std::string name, version;
  std::string sha256;                   // of the model file, 64 lower-case hex digits
  std::vector<std::string> labels;      // classes in the order of the probabilities
  std::vector<std::string> sides = {};  // what a cell may be beside the classes: verdict names
  std::optional<FinderIdentity> finder = {};  // none: the colour rule names one cell a picture
};

// What moved the net, place by place: the mean over the places is the logit, exactly. Empty if the
// net doesn't tell.
struct Evidence {
  Box square;  // what the net saw, in pixels of the picture; may reach beyond it
  int columns = 0, rows = 0;
  std::vector<float> values;  // rows x columns x (labels, then sides), in logits
};

// One white cell of a picture.
struct Cell {
  Box box;                      // in pixels of the picture as seen
  std::size_t class_index = 0;  // into ModelIdentity::labels
  Verdict verdict = Verdict::kUnsure;
  std::vector<float> probabilities;  // calibrated, in label order, sum 1
  std::vector<float> sides = {};     // 0..1 each on its own, in the order of ModelIdentity::sides
  Evidence evidence = {};
  std::vector<float> embedding =
      {};           // what the net makes of the cell before it answers; may be empty
  float found = 1;  // 0..1, the finder's score; 1 where a person drew the box
};

// What else a finder saw. Counts hold for this picture alone, never for the blood.
struct Surroundings {
  std::vector<Box> red_cells, platelets;
  std::optional<Ruler> ruler;
};

// Wall-clock milliseconds of the three stages.
struct Times {
  double decode_ms = 0, find_ms = 0, classify_ms = 0;
};

// What one picture gave. An empty `cells` goes with Warning::kNoCellFound.
struct Reading {
  int width = 0, height = 0;
  PictureFormat format = PictureFormat::kPng;
  std::string_view decoder = "stb_image";  // a literal
  std::vector<Warning> warnings;
  std::vector<Cell> cells;                   // the surest find first
  std::optional<Surroundings> surroundings;  // with a finder
  std::optional<Quality> quality;            // of the whole picture; none where a box was given
  Times times;
};

}  // namespace leukolens
