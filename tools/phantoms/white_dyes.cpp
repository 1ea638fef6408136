// How each class takes the stain: cytoplasm, granules, chromatin.
#include "tools/phantoms/cells.h"
#include "tools/phantoms/texture.h"

namespace leukolens::phantoms {
namespace {

// Below 0 inside the nucleus, about in um near its edge.
double nucleus_distance(const Nucleus& nucleus, Point p) {
  double nearest = 1e9;
  for (const Lobe& lobe : nucleus.lobes) {
    nearest = smooth_min(nearest, distance(lobe.outline, p - lobe.centre_um), nucleus.weld_um);
  }
  if (nucleus.thread_um > 0) {
    for (std::size_t i = 1; i < nucleus.lobes.size(); ++i) {
      const double thread =
          distance_to_line(p, nucleus.lobes[i - 1].centre_um, nucleus.lobes[i].centre_um) -
          nucleus.thread_um;
      nearest = smooth_min(nearest, thread, 0.3);
    }
  }
  return nearest;
}

// A place within a cell, as the classes below look at it.
struct Spot {
  Point p;            // relative to the cell's middle, um
  double depth = 0;   // below the cell's edge, um
  double inward = 0;  // into the nucleus, um; below 0 outside of it
  std::uint32_t texture = 0;
};

// Dark clumps of `grain_um` between paler channels, as in ripe nuclei; around 1.
double clumped(const Spot& spot, double grain_um, double contrast) {
  const double noise = fractal_noise(spot.texture, spot.p * (1 / grain_um), 3);
  return 1 + contrast * (smooth_step(0.35, 0.65, noise) - 0.6);
}

// Fine strands around pale meshes, as in monocytes; around 1.
double laced(const Spot& spot, double grain_um) {
  const double noise = fractal_noise(spot.texture, spot.p * (1 / grain_um), 2);
  const double strand = 1 - std::min(1.0, std::abs(noise - 0.5) * 7);
  const double fold =
      1 - smooth_step(0, 0.1, std::abs(fractal_noise(spot.texture + 9, spot.p * 0.22, 2) - 0.5));
  return 0.78 + 0.34 * strand + 0.22 * fold;
}

Dyes neutrophil(const Spot& spot, double nucleus) {
  const Grains fine{spot.texture + 20, 0.5, 0.13, 0.24, 0.75};
  const double granule = smooth_step(0, 0.7, grain_depth(fine, spot.p));
  const double haze = 0.85 + 0.3 * fractal_noise(spot.texture + 30, spot.p * 0.8, 2);
  const Dyes cytoplasm = Dyes{.haemoglobin = 0.26, .azure = 0.07, .violet = 0.055} * haze +
                         Dyes{.eosin = 0.05, .violet = 0.15} * granule;
  const Dyes chromatin{.azure = 0.18, .violet = 1.12 * clumped(spot, 0.95, 0.62)};
  return cytoplasm * (1 - nucleus) + chromatin * nucleus;
}

Dyes eosinophil(const Spot& spot, double nucleus) {
  const Grains coarse{spot.texture + 20, 0.92, 0.48, 0.58, 0.97};
  const double depth = grain_depth(coarse, spot.p);
  const double granule = smooth_step(0, 0.3, depth);
  const double shine = 0.22 * smooth_step(0.4, 0.9, depth);  // granules gather light
  const Dyes cytoplasm = Dyes{.haemoglobin = 0.1, .eosin = 0.22, .azure = 0.08} +
                         Dyes{.eosin = 0.78 - shine, .violet = 0.05} * granule;
  const Dyes chromatin{.azure = 0.16, .violet = 0.98 * clumped(spot, 1.1, 0.55)};
  return cytoplasm * (1 - nucleus) + chromatin * nucleus;
}

Dyes lymphocyte(const Spot& spot, double nucleus) {
  const double rim = 1 - smooth_step(0.1, 1.1, spot.depth);
  const double halo = smooth_step(-0.7, -0.1, spot.inward);  // paler next to the nucleus
  const double haze = 0.85 + 0.3 * fractal_noise(spot.texture + 30, spot.p * 0.9, 2);
  const Dyes cytoplasm{.azure = (0.55 + 0.3 * rim - 0.15 * halo) * haze, .violet = 0.05};
  const Dyes chromatin{.azure = 0.22, .violet = 1.22 * clumped(spot, 1.5, 0.48)};
  return cytoplasm * (1 - nucleus) + chromatin * nucleus;
}

Dyes monocyte(const Spot& spot, double nucleus) {
  const double glass = 0.75 + 0.5 * fractal_noise(spot.texture + 30, spot.p * 1.6, 3);
  const Grains dust{spot.texture + 20, 0.6, 0.1, 0.2, 0.5};
  const double granule = smooth_step(0, 0.8, grain_depth(dust, spot.p));
  const Dyes cytoplasm = Dyes{.haemoglobin = 0.10, .azure = 0.40, .violet = 0.10} * glass +
                         Dyes{.violet = 0.12} * granule;
  const Dyes chromatin{.azure = 0.20, .violet = 0.80 * laced(spot, 0.95)};
  return cytoplasm * (1 - nucleus) + chromatin * nucleus;
}

Dyes basophil(const Spot& spot, double nucleus) {
  const Grains coarse{spot.texture + 20, 1.0, 0.34, 0.68, 0.85};
  const double granule = smooth_step(0, 0.25, grain_depth(coarse, spot.p));
  const Dyes cytoplasm{.haemoglobin = 0.14, .azure = 0.12, .violet = 0.08};
  const Dyes chromatin{.azure = 0.1, .violet = 0.62 * clumped(spot, 1.3, 0.3)};
  return cytoplasm * (1 - nucleus) + chromatin * nucleus +
         Dyes{.azure = 0.75, .violet = 1.25} * granule;  // over the nucleus too
}

Dyes dyes_of(CellClass cell_class, const Spot& spot, double nucleus) {
  switch (cell_class) {
    case CellClass::kEosinophil:
      return eosinophil(spot, nucleus);
    case CellClass::kLymphocyte:
      return lymphocyte(spot, nucleus);
    case CellClass::kMonocyte:
      return monocyte(spot, nucleus);
    case CellClass::kNeutrophil:
      return neutrophil(spot, nucleus);
    case CellClass::kBasophil:
      return basophil(spot, nucleus);
  }
  return {};
}

}  // namespace

Layer white_cell_layer(const WhiteCell& cell, Point p) {
  const double depth = -distance(cell.outline, p);
  const double cover = smooth_step(-0.12, 0.15, depth);
  if (cover <= 0) return {};
  // The nucleus stays a little below the cell's edge.
  const double inward = std::min(-nucleus_distance(cell.nucleus, p), depth - 0.25);
  const Spot spot{p, depth, inward, cell.texture};
  const double nucleus = smooth_step(-0.12, 0.14, inward);
  Dyes dyes = dyes_of(cell.cell_class, spot, nucleus);
  dyes.violet *=
      mix(1, cell.density, nucleus) * (1 + 0.12 * nucleus * (1 - smooth_step(0.1, 0.6, inward)));
  for (const Vacuole& hole : cell.vacuoles) {
    const double inside = hole.radius_um - length(p - hole.centre_um);
    dyes = dyes * (1 - 0.8 * smooth_step(-0.1, 0.2, inside) * (1 - nucleus));
  }
  return {dyes * cover, cover};
}

}  // namespace leukolens::phantoms
