// Finds white cells, red cells and platelets by a net, on pictures of any size and magnification:
// the red cells are the ruler by which the picture is scaled for the net.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/cells/find.h"
#include "core/net/model.h"
#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

// How much of the specimen a pixel shows, judged by the red cells.
struct Ruler {
  double red_cell_px = 0;          // median diameter of the red cells, in pixels of the picture
  int red_cells = 0;               // measured, at least 4
  double um_per_px = 0;            // red_cell_px taken as 7.5 um, as on a dried smear
  double lowest = 0, highest = 0;  // um per px, about 95 %: people's red cells differ in size
};

// What a picture holds. White cells come first, then red cells, then platelets, each the strongest
// first.
struct Field {
  std::vector<Sighting> sightings;
  std::optional<Ruler> ruler = {};  // where enough red cells were found
  std::uint64_t multiply_adds = 0;  // of the net, in all the looks it took; 0 without a net
};

class Finder {
 public:
  // `model` is of kind "finder" with the labels white_cell, red_cell, platelet. Errors:
  // model_metadata, those of Runner::create.
  static Result<Finder> create(const Model& model);
  Finder(Finder&&) noexcept;
  Finder& operator=(Finder&&) noexcept;
  ~Finder();

  // What reaches the model's thresholds, or the given ones: one for each kind, 0..1. Boxes lie
  // inside the picture. Errors: engine_failed.
  Result<Field> find(const Picture& picture, std::span<const float> thresholds = {});

 private:
  Finder();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace leukolens
