#include "tools/phantoms/geometry.h"

namespace leukolens::phantoms {

double distance_to_line(Point p, Point a, Point b) {
  const Point along = b - a;
  const double square = dot(along, along);
  const double share = square > 0 ? std::clamp(dot(p - a, along) / square, 0.0, 1.0) : 0.0;
  return length(p - a - along * share);
}

Point unit_at(double turns) {
  constexpr double kTwoPi = 6.283185307179586;
  const double share = turns - std::floor(turns);
  const int quarter = static_cast<int>(share * 4 + 0.5);
  const double a = (share - quarter * 0.25) * kTwoPi, a2 = a * a;  // within an eighth of a turn
  const double sine = a * (1 - a2 / 6 * (1 - a2 / 20 * (1 - a2 / 42 * (1 - a2 / 72))));
  const double cosine = 1 - a2 / 2 * (1 - a2 / 12 * (1 - a2 / 30 * (1 - a2 / 56 * (1 - a2 / 90))));
  switch (quarter % 4) {
    case 1:
      return {-sine, cosine};
    case 2:
      return {-cosine, -sine};
    case 3:
      return {sine, -cosine};
    default:
      return {cosine, sine};
  }
}

double exponential(double x) {
  // e^x = (e^(x / 256))^256: a short series for the small part, then eight squarings.
  const double s = std::clamp(x, -60.0, 60.0) / 256;
  double value = 1 + s * (1 + s / 2 * (1 + s / 3 * (1 + s / 4 * (1 + s / 5 * (1 + s / 6)))));
  for (int i = 0; i < 8; ++i) value *= value;
  return value;
}

}  // namespace leukolens::phantoms
