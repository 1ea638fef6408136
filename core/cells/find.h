// Where the white cells of a picture are. This door stays; what is behind it (today a colour rule)
// may become a finder net.
#pragma once

#include <vector>

#include "core/picture/picture.h"

namespace leukolens {

struct Sighting {
  Box box;          // tight around the cell, inside the picture
  float score = 0;  // 0..1, how far it stands out; only comparable within one finder
};

// Finds the one main cell by colour (blue minus green), on any size of picture. Empty when nothing
// stands out, such as on an even surface.
std::vector<Sighting> find_cells(const Picture& picture);

}  // namespace leukolens
