// Points and small formulas. Only + - * / and square root are used (no sine, no std::exp), so that
// every machine with IEEE 754 doubles draws the very same picture.
#pragma once

#include <algorithm>
#include <cmath>

namespace leukolens::phantoms {

// Micrometres or pixels as the name of the variable says; x to the right, y down.
struct Point {
  double x = 0, y = 0;
  Point operator+(Point other) const { return {x + other.x, y + other.y}; }
  Point operator-(Point other) const { return {x - other.x, y - other.y}; }
  Point operator*(double factor) const { return {x * factor, y * factor}; }
};

inline double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
inline double length(Point p) { return std::sqrt(dot(p, p)); }
// Turned by the angle of the unit vector `by`, as complex numbers multiply.
inline Point turned(Point p, Point by) {
  return {p.x * by.x - p.y * by.y, p.x * by.y + p.y * by.x};
}
inline Point turned_back(Point p, Point by) { return turned(p, {by.x, -by.y}); }

inline double mix(double a, double b, double share) { return a + (b - a) * share; }
// 0 at or below `from`, 1 at or above `to`, smooth between; from < to.
inline double smooth_step(double from, double to, double x) {
  const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}
// The smaller of two distances, with the corner between them rounded over `width`.
inline double smooth_min(double a, double b, double width) {
  const double h = std::max(width - std::abs(a - b), 0.0) / width;
  return std::min(a, b) - h * h * width * 0.25;
}

// Distance to the line from a to b.
double distance_to_line(Point p, Point a, Point b);
// (cos, sin) of a share of the full turn, 0..1 once around; any real number.
Point unit_at(double turns);
// e to the power of x for -60 <= x <= 60, relative error below 1e-9.
double exponential(double x);

}  // namespace leukolens::phantoms
