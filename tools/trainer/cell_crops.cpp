#include "tools/trainer/cell_crops.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <span>
#include <sstream>
#include <stdexcept>

#include "core/cells/crop.h"
#include "core/net/sha256.h"
#include "core/picture/decode.h"
#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

Picture read_picture(const fs::path& path) {
  auto picture = decode(read_bytes(path));
  if (!picture) throw std::runtime_error(path.string() + ": " + error_message(picture.error()));
  return std::move(*picture);
}

void cut(const Picture& picture, const Box& box, const Recipe& recipe, int wide_px,
         std::uint8_t* target, Density& density) {
  InputSpec spec;
  spec.width = spec.height = wide_px;
  spec.crop_scale = static_cast<float>(recipe.crop_scale * recipe.margin);
  Tensor tensor;
  crop(picture, box, spec, tensor);
  for (float value : tensor.values) {
    *target++ = static_cast<std::uint8_t>(std::clamp(value, 0.0f, 1.0f) * 255 + 0.5f);
  }
  density = measure_density(picture, context(box, recipe.context_scale));
}

std::string cache_key(const std::vector<Cell>& cells, const Recipe& recipe,
                      const std::string& boxes, int wide_px) {
  std::ostringstream text;
  text << "densities without frames " << boxes << ' ' << wide_px << ' ' << recipe.margin << ' '
       << recipe.crop_scale << ' ' << recipe.context_scale << '\n';
  for (const Cell& c : cells) {
    text << c.set << '/' << c.file << ' ' << c.box.x << ' ' << c.box.y << ' ' << c.box.width
         << '\n';
  }
  const std::string all = text.str();
  return sha256_hex(std::as_bytes(std::span(all))).substr(0, 16);
}

}  // namespace

CellCrops load_cell_crops(const std::vector<Cell>& cells, const Recipe& recipe, CellBoxes& boxes,
                          const fs::path& data, const fs::path& cache) {
  CellCrops crops;
  crops.wide_px = static_cast<int>(std::lround(recipe.input_px * recipe.margin));
  const std::size_t each = std::size_t(crops.wide_px) * crops.wide_px * 3;
  crops.wide.resize(cells.size() * each);
  crops.densities.resize(cells.size());
  const auto densities = reinterpret_cast<char*>(crops.densities.data());
  const auto densities_size = std::streamsize(cells.size() * sizeof(Density));
  const fs::path file =
      cache / ("cells-" + cache_key(cells, recipe, boxes.identity(), crops.wide_px) + ".bin");
  if (fs::exists(file)) {
    std::ifstream in(file, std::ios::binary);
    in.read(reinterpret_cast<char*>(crops.wide.data()), std::streamsize(crops.wide.size()));
    if (in.read(densities, densities_size)) return crops;
  }
  Picture picture;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool same =
        i > 0 && cells[i].set == cells[i - 1].set && cells[i].file == cells[i - 1].file;
    if (!same) picture = read_picture(data / cells[i].set / cells[i].file);
    cut(picture, boxes.of(cells[i], picture), recipe, crops.wide_px, &crops.wide[i * each],
        crops.densities[i]);
    if (i % 500 == 0) std::printf("cutting cells out: %zu of %zu\n", i, cells.size());
  }
  write_atomically(file, [&](std::ostream& out) {
    out.write(reinterpret_cast<const char*>(crops.wide.data()), std::streamsize(crops.wide.size()));
    out.write(densities, densities_size);
  });
  return crops;
}

}  // namespace leukolens::trainer
