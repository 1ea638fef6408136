// Each operator of the net room as a plain loop in double, for tests to compare with. Arrays are
// NHWC or whatever the operator's shape says, row-major.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

namespace reference {

using Shape = std::vector<std::size_t>;

// Values, and for each the sum of the absolute values of what was added up for it: rounding errors
// of float32 are in proportion to that.
struct Array {
  Shape shape;
  std::vector<double> values;
  std::vector<double> magnitudes;

  explicit Array(Shape of = {}) : shape(std::move(of)) {
    std::size_t count = 1;
    for (const std::size_t side : shape) count *= side;
    values.assign(count, 0.0);
    magnitudes.assign(count, 0.0);
  }
  std::size_t at(std::size_t n, std::size_t y, std::size_t x, std::size_t c) const {
    return ((n * shape[1] + y) * shape[2] + x) * shape[3] + c;
  }
  void add(std::size_t i, double term) {
    values[i] += term;
    magnitudes[i] += std::fabs(term);
  }
};

// A sliding window as TensorFlow defines it.
struct Window {
  bool same = true;
  int stride_h = 1, stride_w = 1, dilation_h = 1, dilation_w = 1;
};

// One side: how many places, and what lies before the picture at the first.
struct Side {
  std::size_t count;
  int before;
};
inline Side side(std::size_t input, std::size_t filter, int stride, int dilation, bool same) {
  const int in = static_cast<int>(input), reach = (static_cast<int>(filter) - 1) * dilation + 1;
  if (!same) return {static_cast<std::size_t>((in - reach) / stride + 1), 0};
  const int count = (in + stride - 1) / stride;
  return {static_cast<std::size_t>(count), std::max(0, (count - 1) * stride + reach - in) / 2};
}

// Calls visit(output y, output x, filter y, filter x, input y, input x) for every place of the
// filter that lies on the picture.
template <class Visit>
Shape slide(const Array& x, std::size_t kh, std::size_t kw, const Window& window, Visit visit) {
  const Side rows = side(x.shape[1], kh, window.stride_h, window.dilation_h, window.same);
  const Side columns = side(x.shape[2], kw, window.stride_w, window.dilation_w, window.same);
  for (std::size_t oy = 0; oy < rows.count; ++oy)
    for (std::size_t ox = 0; ox < columns.count; ++ox)
      for (std::size_t ky = 0; ky < kh; ++ky)
        for (std::size_t kx = 0; kx < kw; ++kx) {
          const int iy = int(oy) * window.stride_h - rows.before + int(ky) * window.dilation_h;
          const int ix = int(ox) * window.stride_w - columns.before + int(kx) * window.dilation_w;
          if (iy < 0 || ix < 0 || iy >= int(x.shape[1]) || ix >= int(x.shape[2])) continue;
          visit(oy, ox, ky, kx, std::size_t(iy), std::size_t(ix));
        }
  return {x.shape[0], rows.count, columns.count, x.shape[3]};
}
inline Shape slid_shape(const Array& x, std::size_t kh, std::size_t kw, const Window& window,
                        std::size_t channels) {
  return {x.shape[0], side(x.shape[1], kh, window.stride_h, window.dilation_h, window.same).count,
          side(x.shape[2], kw, window.stride_w, window.dilation_w, window.same).count, channels};
}

inline void add_bias(Array& out, const Array& bias) {
  if (bias.shape.empty()) return;
  for (std::size_t i = 0; i < out.values.size(); ++i) out.add(i, bias.values[i % out.shape.back()]);
}

// Weights: output, height, width, input / groups. An empty bias is none.
inline Array conv(const Array& x, const Array& weights, const Array& bias, const Window& window) {
  const std::size_t outputs = weights.shape[0], per_group = weights.shape[3];
  const std::size_t group_outputs = outputs / (x.shape[3] / per_group);
  Array out(slid_shape(x, weights.shape[1], weights.shape[2], window, outputs));
  const auto visit = [&](auto oy, auto ox, auto ky, auto kx, auto iy, auto ix) {
    for (std::size_t n = 0; n < x.shape[0]; ++n)
      for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t i = 0; i < per_group; ++i)
          out.add(out.at(n, oy, ox, o),
                  x.values[x.at(n, iy, ix, o / group_outputs * per_group + i)] *
                      weights.values[weights.at(o, ky, kx, i)]);
  };
  slide(x, weights.shape[1], weights.shape[2], window, visit);
  add_bias(out, bias);
  return out;
}

// Weights: 1, height, width, output; output o looks at input o / multiplier.
inline Array depthwise(const Array& x, const Array& weights, const Array& bias,
                       const Window& window) {
  const std::size_t outputs = weights.shape[3], multiplier = outputs / x.shape[3];
  Array out(slid_shape(x, weights.shape[1], weights.shape[2], window, outputs));
  const auto visit = [&](auto oy, auto ox, auto ky, auto kx, auto iy, auto ix) {
    for (std::size_t n = 0; n < x.shape[0]; ++n)
      for (std::size_t o = 0; o < outputs; ++o)
        out.add(out.at(n, oy, ox, o), x.values[x.at(n, iy, ix, o / multiplier)] *
                                          weights.values[weights.at(0, ky, kx, o)]);
  };
  slide(x, weights.shape[1], weights.shape[2], window, visit);
  add_bias(out, bias);
  return out;
}

// Weights: output, input. `x` is taken as rows of `input` values.
inline Array full(const Array& x, const Array& weights, const Array& bias, bool keep_dims) {
  const std::size_t outputs = weights.shape[0], inputs = weights.shape[1];
  const std::size_t rows = x.values.size() / inputs;
  Shape shape{rows, outputs};
  if (keep_dims) {
    shape = x.shape;
    shape.back() = outputs;
  }
  Array out(shape);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t i = 0; i < inputs; ++i)
        out.add(row * outputs + o, x.values[row * inputs + i] * weights.values[o * inputs + i]);
  add_bias(out, bias);
  return out;
}

// Padding doesn't count.
inline Array average_pool(const Array& x, std::size_t kh, std::size_t kw, const Window& window) {
  Array out(slid_shape(x, kh, kw, window, x.shape[3]));
  std::vector<double> counts(out.values.size());
  slide(x, kh, kw, window, [&](auto oy, auto ox, auto, auto, auto iy, auto ix) {
    for (std::size_t n = 0; n < x.shape[0]; ++n)
      for (std::size_t c = 0; c < x.shape[3]; ++c) {
        out.add(out.at(n, oy, ox, c), x.values[x.at(n, iy, ix, c)]);
        counts[out.at(n, oy, ox, c)] += 1;
      }
  });
  for (std::size_t i = 0; i < counts.size(); ++i) {
    out.values[i] /= counts[i];
    out.magnitudes[i] /= counts[i];
  }
  return out;
}

inline Array max_pool(const Array& x, std::size_t kh, std::size_t kw, const Window& window) {
  Array out(slid_shape(x, kh, kw, window, x.shape[3]));
  std::fill(out.values.begin(), out.values.end(), -std::numeric_limits<double>::infinity());
  slide(x, kh, kw, window, [&](auto oy, auto ox, auto, auto, auto iy, auto ix) {
    for (std::size_t n = 0; n < x.shape[0]; ++n)
      for (std::size_t c = 0; c < x.shape[3]; ++c) {
        double& best = out.values[out.at(n, oy, ox, c)];
        best = std::max(best, x.values[x.at(n, iy, ix, c)]);
      }
  });
  return out;
}

// Over height and width.
inline Array mean(const Array& x, bool keep_dims) {
  Array out(keep_dims ? Shape{x.shape[0], 1, 1, x.shape[3]} : Shape{x.shape[0], x.shape[3]});
  const double area = static_cast<double>(x.shape[1] * x.shape[2]);
  for (std::size_t n = 0; n < x.shape[0]; ++n)
    for (std::size_t y = 0; y < x.shape[1]; ++y)
      for (std::size_t w = 0; w < x.shape[2]; ++w)
        for (std::size_t c = 0; c < x.shape[3]; ++c)
          out.add(n * x.shape[3] + c, x.values[x.at(n, y, w, c)] / area);
  return out;
}

// Number of a place in an array of `shape` for a place in a larger array that repeats it.
inline std::size_t repeated(std::size_t place, const Shape& large, const Shape& shape) {
  std::size_t number = 0, step = 1;
  for (std::size_t i = 0; i < large.size(); ++i) {  // from the last side on
    const std::size_t along = place % large[large.size() - 1 - i];
    place /= large[large.size() - 1 - i];
    if (i >= shape.size()) continue;
    const std::size_t length = shape[shape.size() - 1 - i];
    number += (length == 1 ? 0 : along) * step;
    step *= length;
  }
  return number;
}

inline Array binary(const Array& a, const Array& b,
                    const std::function<double(double, double)>& f) {
  Shape shape(std::max(a.shape.size(), b.shape.size()), 1);
  for (const Shape* from : {&a.shape, &b.shape})
    for (std::size_t i = 0; i < from->size(); ++i) {
      std::size_t& length = shape[shape.size() - from->size() + i];
      length = std::max(length, (*from)[i]);
    }
  Array out(shape);
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    const double x = a.values[repeated(i, shape, a.shape)];
    const double y = b.values[repeated(i, shape, b.shape)];
    out.values[i] = f(x, y);
    out.magnitudes[i] = std::max({std::fabs(x), std::fabs(y), std::fabs(x * y)});
  }
  return out;
}

inline Array unary(const Array& x, const std::function<double(double)>& f) {
  Array out(x.shape);
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    out.values[i] = f(x.values[i]);
    out.magnitudes[i] = std::max(std::fabs(x.values[i]), std::fabs(out.values[i]));
  }
  return out;
}

// Along the last side.
inline Array softmax(const Array& x) {
  Array out(x.shape);
  const std::size_t length = x.shape.back();
  for (std::size_t row = 0; row < x.values.size(); row += length) {
    const auto* first = x.values.data() + row;
    const double top = *std::max_element(first, first + length);
    double sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum += std::exp(first[i] - top);
    for (std::size_t i = 0; i < length; ++i) {
      out.values[row + i] = std::exp(first[i] - top) / sum;
      out.magnitudes[row + i] = 1;
    }
  }
  return out;
}

// Zeros around; pads holds before and after for each side.
inline Array pad(const Array& x, const std::vector<std::int32_t>& pads) {
  Shape shape = x.shape;
  for (std::size_t i = 0; i < shape.size(); ++i)
    shape[i] += std::size_t(pads[2 * i]) + std::size_t(pads[2 * i + 1]);
  Array out(shape);
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    std::size_t rest = i, to = 0, step = 1;
    for (std::size_t side = shape.size(); side-- > 0;) {
      to += (rest % x.shape[side] + std::size_t(pads[2 * side])) * step;
      rest /= x.shape[side];
      step *= shape[side];
    }
    out.values[to] = x.values[i];
  }
  return out;
}

inline Array concatenate(const std::vector<Array>& parts, std::size_t axis) {
  Shape shape = parts[0].shape;
  shape[axis] = 0;
  for (const Array& part : parts) shape[axis] += part.shape[axis];
  Array out(shape);
  std::size_t inner = 1, outer = 1, to = 0;
  for (std::size_t i = 0; i < axis; ++i) outer *= shape[i];
  for (std::size_t i = axis + 1; i < shape.size(); ++i) inner *= shape[i];
  for (std::size_t o = 0; o < outer; ++o)
    for (const Array& part : parts) {
      const std::size_t run = part.shape[axis] * inner;
      for (std::size_t i = 0; i < run; ++i) out.values[to++] = part.values[o * run + i];
    }
  return out;
}

enum class Corners { kLegacy, kAligned, kHalfPixel };

// Where a place of the result lies in the input, as TensorFlow has it.
inline double source(std::size_t place, std::size_t from, std::size_t to, Corners corners) {
  if (corners == Corners::kAligned && to > 1)
    return double(place) * double(from - 1) / double(to - 1);
  const double scale = double(from) / double(to);
  if (corners == Corners::kHalfPixel) return std::max(0.0, (double(place) + 0.5) * scale - 0.5);
  return double(place) * scale;
}

inline Array resize(const Array& x, std::size_t height, std::size_t width, Corners corners) {
  Array out(Shape{x.shape[0], height, width, x.shape[3]});
  for (std::size_t n = 0; n < x.shape[0]; ++n)
    for (std::size_t oy = 0; oy < height; ++oy)
      for (std::size_t ox = 0; ox < width; ++ox)
        for (std::size_t c = 0; c < x.shape[3]; ++c) {
          const double y = source(oy, x.shape[1], height, corners);
          const double w = source(ox, x.shape[2], width, corners);
          const std::size_t y0 = std::min(std::size_t(y), x.shape[1] - 1);
          const std::size_t x0 = std::min(std::size_t(w), x.shape[2] - 1);
          const std::size_t y1 = std::min(y0 + 1, x.shape[1] - 1);
          const std::size_t x1 = std::min(x0 + 1, x.shape[2] - 1);
          const double fy = y - double(y0), fx = w - double(x0);
          const std::size_t to = out.at(n, oy, ox, c);
          out.add(to, x.values[x.at(n, y0, x0, c)] * (1 - fy) * (1 - fx));
          out.add(to, x.values[x.at(n, y0, x1, c)] * (1 - fy) * fx);
          out.add(to, x.values[x.at(n, y1, x0, c)] * fy * (1 - fx));
          out.add(to, x.values[x.at(n, y1, x1, c)] * fy * fx);
        }
  return out;
}

inline Array clamp(Array x, double low, double high) {
  for (double& value : x.values) value = std::clamp(value, low, high);
  return x;
}

}  // namespace reference
