// Every operator against a plain loop, over odd shapes, strides, paddings and both types. The
// bounds are in op_net.h.
#include "doctest.h"
#include "tests/op_net.h"

using Op = leukolens::schema::BuiltinOperator;
using leukolens::schema::Activation;
using leukolens::schema::Padding;
using reference::Array;
using reference::Shape;
using reference::Window;
namespace schema = leukolens::schema;

namespace {

#define CHECK_WITHIN_BOUND(net, error_of_bound)       \
  do {                                                \
    const double part = (error_of_bound);             \
    INFO("fault: " << (net).fault());                 \
    INFO("type: " << static_cast<int>((net).type())); \
    CHECK(part >= 0.0);                               \
    CHECK(part <= 1.0);                               \
  } while (false)

Array activated(Array array, Activation activation) {
  if (activation == Activation::NONE) return array;
  const double low = activation == Activation::RELU_N1_TO_1 ? -1 : 0;
  const double high = activation == Activation::RELU6          ? 6
                      : activation == Activation::RELU_N1_TO_1 ? 1
                                                               : 1e30;
  return clamp(std::move(array), low, high);
}

template <class Options>
Options window_options(const Window& window, Activation activation) {
  Options options;
  options.padding = window.same ? Padding::SAME : Padding::VALID;
  options.stride_h = window.stride_h;
  options.stride_w = window.stride_w;
  options.fused_activation_function = activation;
  return options;
}
template <class Options>
Options dilated_options(const Window& window, Activation activation) {
  Options options = window_options<Options>(window, activation);
  options.dilation_h_factor = window.dilation_h;
  options.dilation_w_factor = window.dilation_w;
  return options;
}

struct ConvCase {
  Shape input;    // batch, height, width, channels
  Shape weights;  // output, height, width, input
  Window window;
  Activation activation = Activation::NONE;
  bool bias = true;
};

const ConvCase kConvCases[] = {
    {{1, 5, 7, 3}, {4, 3, 3, 3}, {true, 1, 1}},
    {{1, 5, 7, 3}, {4, 3, 3, 3}, {false, 1, 1}},
    {{1, 8, 6, 3}, {16, 3, 3, 3}, {true, 2, 2}, Activation::RELU6},
    {{1, 9, 7, 3}, {5, 3, 3, 3}, {true, 2, 2}, Activation::RELU},
    {{1, 9, 11, 2}, {3, 5, 3, 2}, {true, 3, 2}},
    {{1, 9, 11, 2}, {3, 5, 2, 2}, {false, 2, 3}, Activation::RELU_N1_TO_1},
    {{1, 13, 12, 5}, {7, 3, 3, 5}, {true, 1, 1, 2, 3}},
    {{1, 13, 12, 5}, {7, 3, 2, 5}, {false, 1, 1, 3, 2}},
    {{1, 12, 13, 3}, {4, 3, 3, 3}, {true, 2, 2, 2, 2}},
    {{1, 6, 5, 17}, {33, 1, 1, 17}, {true, 1, 1}, Activation::RELU6},
    {{1, 6, 5, 17}, {9, 1, 1, 17}, {true, 2, 2}},
    {{2, 4, 5, 8}, {8, 3, 3, 4}, {true, 1, 1}},
    {{3, 7, 4, 6}, {9, 2, 2, 2}, {false, 2, 1}, Activation::RELU},
    {{1, 1, 1, 40}, {4, 1, 1, 40}, {false, 1, 1}, Activation::NONE, false},
    {{1, 1, 9, 1}, {1, 1, 4, 1}, {true, 1, 2}, Activation::NONE, false},
    {{1, 2, 2, 1}, {2, 5, 5, 1}, {true, 1, 1}},
};

}  // namespace

TEST_CASE("convolution") {
  for (const ConvCase& c : kConvCases) {
    for (const Type type : kTypes) {
      INFO("case " << &c - kConvCases);
      OpNet net(type, c.input);
      const Given weights = net.weights(c.weights, 0);
      std::vector<leukolens::tflite::TensorId> others{weights.id};
      Given bias;
      if (c.bias) {
        bias = net.bias(c.weights[0]);
        others.push_back(bias.id);
      } else {
        bias.array.shape.clear();
      }
      const Array expected =
          activated(conv(net.input().array, weights.array, bias.array, c.window), c.activation);
      CHECK_WITHIN_BOUND(
          net,
          net.error(Op::CONV_2D, others,
                    dilated_options<schema::Conv2DOptionsT>(c.window, c.activation), expected));
    }
  }
}

TEST_CASE("depthwise convolution") {
  const ConvCase cases[] = {
      {{1, 5, 7, 3}, {1, 3, 3, 3}, {true, 1, 1}, Activation::RELU6},
      {{1, 5, 7, 3}, {1, 3, 3, 3}, {false, 1, 1}},
      {{1, 8, 6, 19}, {1, 3, 3, 19}, {true, 2, 2}, Activation::RELU},
      {{1, 9, 6, 16}, {1, 5, 5, 16}, {true, 2, 2}},
      {{1, 9, 11, 4}, {1, 3, 5, 12}, {true, 1, 2}},
      {{1, 9, 11, 4}, {1, 3, 3, 8}, {false, 3, 2}, Activation::RELU_N1_TO_1},
      {{1, 11, 10, 5}, {1, 3, 3, 5}, {true, 1, 1, 2, 3}},
      {{1, 11, 10, 1}, {1, 3, 3, 6}, {false, 1, 1, 2, 2}},
      {{2, 3, 3, 7}, {1, 7, 7, 7}, {true, 1, 1}, Activation::NONE, false},
  };
  for (const ConvCase& c : cases) {
    for (const Type type : kTypes) {
      INFO("case " << &c - cases);
      OpNet net(type, c.input);
      const Given weights = net.weights(c.weights, 3);
      std::vector<leukolens::tflite::TensorId> others{weights.id};
      Given bias;
      if (c.bias) {
        bias = net.bias(c.weights[3]);
        others.push_back(bias.id);
      }
      const Array expected = activated(
          depthwise(net.input().array, weights.array, bias.array, c.window), c.activation);
      auto options = dilated_options<schema::DepthwiseConv2DOptionsT>(c.window, c.activation);
      options.depth_multiplier = static_cast<int>(c.weights[3] / c.input[3]);
      CHECK_WITHIN_BOUND(net, net.error(Op::DEPTHWISE_CONV_2D, others, options, expected));
    }
  }
}

TEST_CASE("fully connected") {
  struct Case {
    Shape input, weights;
    bool keep_dims, bias;
    Activation activation;
  };
  const Case cases[] = {
      {{1, 1, 1, 24}, {4, 24}, false, true, Activation::NONE},
      {{1, 2, 3, 5}, {7, 30}, false, true, Activation::RELU},
      {{3, 1, 2, 17}, {9, 34}, false, false, Activation::RELU6},
      {{1, 3, 2, 11}, {5, 11}, true, true, Activation::NONE},
      {{1, 1, 1, 1}, {1, 1}, true, true, Activation::NONE},
  };
  for (const Case& c : cases) {
    for (const Type type : kTypes) {
      INFO("case " << &c - cases);
      OpNet net(type, c.input);
      const Given weights = net.weights(c.weights, 0);
      std::vector<leukolens::tflite::TensorId> others{weights.id};
      Given bias;
      if (c.bias) {
        bias = net.bias(c.weights[0]);
        others.push_back(bias.id);
      }
      const Array expected =
          activated(full(net.input().array, weights.array, bias.array, c.keep_dims), c.activation);
      schema::FullyConnectedOptionsT options;
      options.keep_num_dims = c.keep_dims;
      options.fused_activation_function = c.activation;
      CHECK_WITHIN_BOUND(net, net.error(Op::FULLY_CONNECTED, others, options, expected));
    }
  }
}

TEST_CASE("add, subtract and multiply, with one side repeated") {
  const Shape operands[] = {{1, 5, 3, 7}, {7}, {1}, {1, 1, 1, 7}, {5, 1, 1}, {1, 5, 1, 7}, {}};
  const Quant quant{0.03f, -4};
  for (const Shape& shape : operands) {
    for (const Type type : kTypes) {
      for (const Activation activation : {Activation::NONE, Activation::RELU, Activation::RELU6}) {
        INFO("operand of rank " << shape.size());
        const auto run = [&](Op op, auto options, auto f, bool first) {
          OpNet net(type, {1, 5, 3, 7});
          const Given operand = net.operand(shape, quant);
          options.fused_activation_function = activation;
          const Array& x = net.input().array;
          const Array expected = activated(
              first ? binary(operand.array, x, f) : binary(x, operand.array, f), activation);
          std::vector<leukolens::tflite::TensorId> ids{net.input().id, operand.id};
          if (first) std::swap(ids[0], ids[1]);
          CHECK_WITHIN_BOUND(net, net.error(op, ids, options, expected));
        };
        run(Op::ADD, schema::AddOptionsT{}, [](double a, double b) { return a + b; }, false);
        run(Op::SUB, schema::SubOptionsT{}, [](double a, double b) { return a - b; }, false);
        run(Op::SUB, schema::SubOptionsT{}, [](double a, double b) { return a - b; }, true);
        run(Op::MUL, schema::MulOptionsT{}, [](double a, double b) { return a * b; }, true);
      }
    }
  }
}

TEST_CASE("average and max pooling") {
  struct Case {
    Shape input;
    int filter_h, filter_w;
    Window window;
    Activation activation = Activation::NONE;
  };
  const Case cases[] = {
      {{1, 6, 8, 3}, 2, 2, {true, 2, 2}},
      {{1, 7, 5, 3}, 2, 2, {true, 2, 2}, Activation::RELU},
      {{1, 7, 5, 3}, 3, 3, {false, 1, 1}},
      {{1, 7, 9, 17}, 3, 3, {true, 2, 2}, Activation::RELU6},
      {{2, 7, 9, 4}, 3, 5, {true, 1, 3}},
      {{1, 11, 9, 2}, 5, 4, {false, 3, 2}, Activation::RELU_N1_TO_1},
      {{1, 6, 6, 33}, 6, 6, {false, 1, 1}},
  };
  for (const Case& c : cases) {
    for (const Type type : kTypes) {
      INFO("case " << &c - cases);
      auto options = window_options<schema::Pool2DOptionsT>(c.window, c.activation);
      options.filter_height = c.filter_h;
      options.filter_width = c.filter_w;
      const auto kh = std::size_t(c.filter_h), kw = std::size_t(c.filter_w);
      OpNet average(type, c.input);
      average.output_like_input();
      const Array& x = average.input().array;
      CHECK_WITHIN_BOUND(average,
                         average.error(Op::AVERAGE_POOL_2D, {}, options,
                                       activated(average_pool(x, kh, kw, c.window), c.activation)));
      OpNet max(type, c.input);
      max.output_like_input();
      CHECK_WITHIN_BOUND(max, max.error(Op::MAX_POOL_2D, {}, options,
                                        activated(max_pool(x, kh, kw, c.window), c.activation)));
    }
  }
}

TEST_CASE("mean over height and width") {
  for (const Shape& input : {Shape{1, 3, 3, 16}, {1, 12, 12, 96}, {2, 5, 7, 3}, {1, 1, 1, 5}}) {
    for (const bool keep_dims : {false, true}) {
      for (const auto& axes : {std::vector<std::int32_t>{1, 2}, {2, 1}, {-3, -2}}) {
        for (const Type type : kTypes) {
          OpNet net(type, input);
          const Given ints = net.ints(axes, {2});
          schema::ReducerOptionsT options;
          options.keep_dims = keep_dims;
          CHECK_WITHIN_BOUND(net, net.error(Op::MEAN, {net.input().id, ints.id}, options,
                                            mean(net.input().array, keep_dims)));
        }
      }
    }
  }
}

TEST_CASE("activations") {
  for (const Shape& input : {Shape{1, 5, 7, 3}, {2, 1, 1, 1}, {1, 16, 16, 8}}) {
    for (const Type type : kTypes) {
      const auto run = [&](Op op, auto f) {
        INFO("operator " << static_cast<int>(op));
        OpNet net(type, input);
        CHECK_WITHIN_BOUND(net, net.error(op, {}, unary(net.input().array, f)));
      };
      run(Op::RELU, [](double x) { return std::max(0.0, x); });
      run(Op::RELU6, [](double x) { return std::clamp(x, 0.0, 6.0); });
      run(Op::LOGISTIC, [](double x) { return 1 / (1 + std::exp(-x)); });
      run(Op::HARD_SWISH, [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; });
      for (const float alpha : {0.1f, 0.0f, 1.5f, -0.3f}) {
        OpNet net(type, input);
        schema::LeakyReluOptionsT options;
        options.alpha = alpha;
        const auto f = [&](double x) { return x < 0 ? double(alpha) * x : x; };
        CHECK_WITHIN_BOUND(net,
                           net.error(Op::LEAKY_RELU, {}, options, unary(net.input().array, f)));
      }
    }
  }
}

TEST_CASE("softmax") {
  for (const Shape& input : {Shape{1, 1, 1, 4}, {1, 3, 2, 5}, {2, 2, 2, 1}, {1, 1, 3, 100}}) {
    for (const Type type : kTypes) {
      OpNet net(type, input);
      net.set_output_quant({1.0f / 256, -128});
      schema::SoftmaxOptionsT options;
      options.beta = 1;
      CHECK_WITHIN_BOUND(net, net.error(Op::SOFTMAX, {}, options, softmax(net.input().array)));
    }
  }
}

TEST_CASE("reshape") {
  for (const Shape& to : {Shape{1, 105}, {105}, {1, 7, 5, 3}, {3, 5, 1, 1, 7, 1}}) {
    for (const Type type : kTypes) {
      OpNet net(type, {1, 5, 7, 3});
      net.output_like_input();
      Array expected = net.input().array;
      expected.shape = to;
      const Given shape = net.ints({to.begin(), to.end()}, {std::int32_t(to.size())});
      CHECK_WITHIN_BOUND(net, net.error(Op::RESHAPE, {net.input().id, shape.id},
                                        schema::ReshapeOptionsT{}, expected));
    }
  }
}

TEST_CASE("pad") {
  const std::vector<std::int32_t> cases[] = {{0, 0, 1, 1, 1, 1, 0, 0},
                                             {0, 0, 0, 1, 0, 1, 0, 0},
                                             {0, 0, 3, 0, 0, 2, 1, 4},
                                             {1, 2, 0, 0, 0, 0, 0, 0},
                                             {0, 0, 0, 0, 0, 0, 0, 0}};
  for (const auto& pads : cases) {
    for (const Type type : kTypes) {
      OpNet net(type, {1, 5, 7, 3});
      net.output_like_input();
      const Given ints = net.ints(pads, {4, 2});
      CHECK_WITHIN_BOUND(net, net.error(Op::PAD, {net.input().id, ints.id}, schema::PadOptionsT{},
                                        pad(net.input().array, pads)));
    }
  }
}

TEST_CASE("concatenation") {
  for (std::size_t axis = 0; axis < 4; ++axis) {
    for (std::size_t parts = 2; parts <= 5; ++parts) {
      for (const Type type : kTypes) {
        INFO("axis " << axis << ", parts " << parts);
        OpNet net(type, {2, 3, 5, 4});
        net.output_like_input();
        std::vector<Array> arrays{net.input().array};
        std::vector<leukolens::tflite::TensorId> ids{net.input().id};
        for (std::size_t i = 1; i < parts; ++i) {
          Shape shape{2, 3, 5, 4};
          shape[axis] = i;
          const Given part = net.operand(shape, OpNet::kInputQuant);
          arrays.push_back(part.array);
          ids.push_back(part.id);
        }
        schema::ConcatenationOptionsT options;
        options.axis = static_cast<int>(axis) - (parts % 2 == 0 ? 4 : 0);
        CHECK_WITHIN_BOUND(net,
                           net.error(Op::CONCATENATION, ids, options, concatenate(arrays, axis)));
      }
    }
  }
}

TEST_CASE("bilinear resizing") {
  using reference::Corners;
  for (const Shape& to : {Shape{10, 14}, {3, 4}, {5, 7}, {1, 1}, {13, 2}}) {
    for (const Corners corners : {Corners::kLegacy, Corners::kAligned, Corners::kHalfPixel}) {
      for (const Type type : kTypes) {
        INFO("to " << to[0] << "x" << to[1] << ", corners " << static_cast<int>(corners));
        OpNet net(type, {2, 5, 7, 3});
        net.output_like_input();
        const Given size = net.ints({std::int32_t(to[0]), std::int32_t(to[1])}, {2});
        schema::ResizeBilinearOptionsT options;
        options.align_corners = corners == Corners::kAligned;
        options.half_pixel_centers = corners == Corners::kHalfPixel;
        CHECK_WITHIN_BOUND(net, net.error(Op::RESIZE_BILINEAR, {net.input().id, size.id}, options,
                                          resize(net.input().array, to[0], to[1], corners)));
      }
    }
  }
}

TEST_CASE("quantise to another scale") {
  OpNet net(Type::kInt8, {1, 5, 7, 3});
  net.set_output_quant({0.05f, -20});
  CHECK_WITHIN_BOUND(net, net.error(Op::QUANTIZE, {}, net.input().array));
}
