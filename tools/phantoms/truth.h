// What was drawn where, as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tools/phantoms/scene.h"

namespace leukolens::phantoms {

// {"file", "seed", "width", "height", "um_per_px", "stain", "cells": [{"class", "box"}]}. "class"
// is a white cell's, "red_cell" or "platelet"; "box" is [x, y, width, height] in pixels, inside the
// picture. White cells come first, in the order drawn.
nlohmann::ordered_json truth(const Settings& settings, const Scene& scene, const std::string& file);

}  // namespace leukolens::phantoms
