// What is seen in a picture, and a colour rule that names the main cell without a net.
#pragma once

#include <vector>

#include "core/picture/picture.h"

namespace leukolens {

enum class Kind { kWhiteCell, kRedCell, kPlatelet };

struct Sighting {
  Box box;  // inside the picture; the colour rule's hug what is stained, the nucleus above all
  float score = 0;  // 0..1, how far it stands out; only comparable within one finder
  Kind kind = Kind::kWhiteCell;
};

// Finds the one main cell by colour (blue minus green), on any size of picture: the largest and
// bluest thing, whatever it is. Empty when nothing stands out, such as on an even surface, and when
// a nucleus fills more than half of the picture, for then it is the ground. The score is the mean
// difference between the thing and the ground, in parts of 255.
std::vector<Sighting> find_cells(const Picture& picture);

}  // namespace leukolens
