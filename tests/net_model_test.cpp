// Model files: what is read from a good one, and the message for each kind of bad one.
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>

#include "core/net/model.h"
#include "core/net/op_names.h"
#include "core/net/runner.h"
#include "core/net/sha256.h"
#include "doctest.h"
#include "tests/small_net.h"

using namespace leukolens;
using leukolens::tflite::Writer;

namespace {

std::string refusal(const std::vector<std::byte>& file) {
  const Result<Model> model = Model::parse(file);
  return model ? "accepted" : error_message(model.error());
}

std::vector<std::byte> text_bytes(std::string_view text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

// The parts of a model under test.
struct Parts {
  schema::ModelT& model;
  schema::SubGraphT& graph;

  schema::TensorT& tensor(std::size_t i) { return *graph.tensors[i]; }
  schema::OperatorT& op(std::size_t i) { return *graph.operators[i]; }
  schema::Conv2DOptionsT& conv(std::size_t i) { return *op(i).builtin_options.AsConv2DOptions(); }
  std::vector<std::uint8_t>& data(std::size_t i) { return model.buffers[tensor(i).buffer]->data; }
};

struct Broken {
  std::string message;
  std::function<void(Parts)> damage;
};

void check_refusals(Writer (*make)(), std::span<const Broken> cases) {
  CHECK(refusal(make().bytes()) == "accepted");
  for (const Broken& broken : cases) {
    Writer writer = make();
    broken.damage({writer.model(), *writer.model().subgraphs[0]});
    CHECK(refusal(writer.bytes()) == broken.message);
  }
}

// What was accepted must run, or be refused by the runner.
void run_once(const Model& model) {
  Result<Runner> runner = Runner::create(model);
  if (!runner) return;
  Tensor input;
  std::size_t count = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    input.shape[i] = static_cast<std::size_t>(model.layers()[0].input_shape[i]);
    count *= input.shape[i];
  }
  input.values.assign(count, 0.5f);
  const auto outputs = runner->run(input);
  if (!outputs) CHECK_FALSE(error_message(outputs.error()).empty());
}

#define CONTRADICTS "the model contradicts itself "
#define CANT_DO "the model needs something this program can't do "
#define LACKS "the model lacks what LeukoLens needs to know about it "

}  // namespace

TEST_CASE("a good model is read as it is") {
  const std::vector<std::byte> file = small_net::net().bytes();
  const Result<Model> model = Model::parse(file);
  REQUIRE(model);
  CHECK(model->sha256() == sha256_hex(file));
  CHECK(model->parameters() == 4 * 27 + 4 + 8 + 2);
  CHECK(model->multiply_adds() == 4 * 4 * 4 * 27 + 8);
  REQUIRE(model->layers().size() == 3);
  const LayerInfo& conv = model->layers()[0];
  CHECK(conv.op == "CONV_2D");
  CHECK(conv.type == "float32");
  CHECK(conv.input_shape == std::vector<std::int32_t>{1, 8, 8, 3});
  CHECK(conv.output_shape == std::vector<std::int32_t>{1, 4, 4, 4});
  CHECK(conv.parameters == 4 * 27 + 4);
  CHECK(conv.multiply_adds == 4 * 4 * 4 * 27);
  CHECK(model->layers()[1].parameters == 0);
  REQUIRE(model->has_card());
  const ModelCard& card = model->card();
  CHECK(card.name == "small");
  CHECK(card.version == "1.0");
  CHECK(card.labels == std::vector<std::string>{"round", "square"});
  CHECK(card.input_width == 8);
  CHECK(card.input_height == 8);
  CHECK(card.mean[2] == 0.5f);
  CHECK(card.std[0] == 0.25f);
  CHECK(card.colour_order == "RGB");
  CHECK(card.crop_scale == 1.2f);
  CHECK(card.temperature == 1.5f);
  CHECK(card.classified_threshold == 0.7f);
  CHECK(card.training_set == "none");
}

TEST_CASE("a model without a card, and at an odd address, loads") {
  const std::vector<std::byte> file = small_net::int8_net().bytes();
  std::vector<std::byte> shifted(file.size() + 1);
  std::memcpy(shifted.data() + 1, file.data(), file.size());
  const Result<Model> model = Model::parse(std::span(shifted).subspan(1));
  REQUIRE(model);
  CHECK_FALSE(model->has_card());
  CHECK(model->layers()[1].type == "int8");
  CHECK(model->parameters() == 4 * 27 + 4);
}

TEST_CASE("files that are no models") {
  CHECK(refusal({}) == "this is no .tflite model (it is empty)");
  CHECK(refusal(text_bytes("TFL3")) == "this is no .tflite model (it is too short)");
  CHECK(refusal(text_bytes("\x89PNG\r\n\x1a\n and so on")) ==
        "this is no .tflite model (its mark is ????, not TFL3)");
  CHECK(refusal(text_bytes("    ONNX    ")) ==
        "this is no .tflite model (its mark is ONNX, not TFL3)");
}

TEST_CASE("a file cut off anywhere is refused") {
  const std::vector<std::byte> file = small_net::net().bytes();
  std::size_t corrupt = 0;
  for (std::size_t size = 8; size < file.size(); ++size) {
    const std::vector<std::byte> cut(file.begin(), file.begin() + std::ptrdiff_t(size));
    const Result<Model> model = Model::parse(cut);
    if (!model && model.error().code == ErrorCode::kModelCorrupt) ++corrupt;
  }
  // The last bytes may be padding of a buffer that nobody misses.
  CHECK(corrupt + 16 > file.size() - 8);
  CHECK(refusal({file.begin(), file.begin() + 100}) ==
        "the model file is damaged (its tables don't hold together, 100 bytes); fetch it again");
}

TEST_CASE("an offset that leads outside is found") {
  std::vector<std::byte> file = small_net::net().bytes();
  const std::uint32_t far = 0x7fffff00;
  std::memcpy(file.data(), &far, sizeof far);
  CHECK(refusal(file).starts_with("the model file is damaged"));
}

TEST_CASE("tensors that contradict themselves") {
  const Broken cases[] = {
      {CONTRADICTS "(tensor 0: a side of 0)", [](Parts p) { p.tensor(0).shape[1] = 0; }},
      {CONTRADICTS "(tensor 0: a side of -8)", [](Parts p) { p.tensor(0).shape[1] = -8; }},
      {CANT_DO "(tensor 0: it is too large, 1x2000000000x2000000000x3)",
       [](Parts p) { p.tensor(0).shape[1] = p.tensor(0).shape[2] = 2000000000; }},
      {CANT_DO "(tensor 0: 7 dimensions)", [](Parts p) { p.tensor(0).shape.assign(7, 1); }},
      {CANT_DO "(tensor 3: its values are uint8)",
       [](Parts p) { p.tensor(3).type = schema::TensorType::UINT8; }},
      {CANT_DO "(tensor 3: its values are type 99)",
       [](Parts p) { p.tensor(3).type = static_cast<schema::TensorType>(99); }},
      {CANT_DO "(tensor 3: it is a variable)", [](Parts p) { p.tensor(3).is_variable = true; }},
      {CONTRADICTS "(tensor 1: buffer 77 doesn't exist)", [](Parts p) { p.tensor(1).buffer = 77; }},
      {CONTRADICTS "(tensor 1: 431 bytes of data where 432 are needed)",
       [](Parts p) { p.data(1).pop_back(); }},
      {CONTRADICTS "(tensor 3: int8 without quantisation)",
       [](Parts p) { p.tensor(3).type = schema::TensorType::INT8; }},
  };
  check_refusals(small_net::net, cases);
}

TEST_CASE("quantisation that contradicts itself") {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  const Broken cases[] = {
      {CONTRADICTS "(tensor 1: int8 without quantisation)",
       [](Parts p) { p.tensor(1).quantization.reset(); }},
      {CONTRADICTS "(tensor 1: a quantisation scale that is not above 0)",
       [](Parts p) { p.tensor(1).quantization->scale = {0}; }},
      {CONTRADICTS "(tensor 1: a quantisation scale that is not above 0)",
       [](Parts p) { p.tensor(1).quantization->scale = {-1}; }},
      {CONTRADICTS "(tensor 1: a quantisation scale that is not above 0)",
       [](Parts p) { p.tensor(1).quantization->scale = {kNan}; }},
      {CONTRADICTS "(tensor 1: a zero point of 200)",
       [](Parts p) { p.tensor(1).quantization->zero_point = {200}; }},
      {CONTRADICTS "(tensor 1: a zero point of -129)",
       [](Parts p) { p.tensor(1).quantization->zero_point = {-129}; }},
      {CONTRADICTS "(tensor 1: 1 scale but 2 zero points)",
       [](Parts p) { p.tensor(1).quantization->zero_point = {1, 2}; }},
      {CONTRADICTS "(tensor 2: 3 scales for 4 channels)",
       [](Parts p) {
         p.tensor(2).quantization->scale.pop_back();
         p.tensor(2).quantization->zero_point.pop_back();
       }},
      {CONTRADICTS "(tensor 2: quantisation along axis 9)",
       [](Parts p) { p.tensor(2).quantization->quantized_dimension = 9; }},
      {CANT_DO "(tensor 1: quantisation by channel outside weights)",
       [](Parts p) {
         p.tensor(1).quantization->scale = {1, 2, 3};
         p.tensor(1).quantization->zero_point = {0, 0, 0};
       }},
      {CANT_DO "(layer 2 (CONV_2D): its weights have a zero point of 5)",
       [](Parts p) { p.tensor(2).quantization->zero_point[1] = 5; }},
      {CONTRADICTS "(layer 2 (CONV_2D): the scale of its bias is not that of input times weights)",
       [](Parts p) { p.tensor(3).quantization->scale[2] *= 1.1f; }},
      {CANT_DO "(its output is int8, not float32)", [](Parts p) { p.graph.outputs = {5, 4}; }},
  };
  check_refusals(small_net::int8_net, cases);
}

TEST_CASE("graphs that contradict themselves") {
  const Broken cases[] = {
      {CANT_DO "(version 4 of the format)", [](Parts p) { p.model.version = 4; }},
      {CONTRADICTS "(it holds no net)", [](Parts p) { p.model.subgraphs.clear(); }},
      {CANT_DO "(2 nets in one file)",
       [](Parts p) { p.model.subgraphs.push_back(std::make_unique<schema::SubGraphT>()); }},
      {CONTRADICTS "(it has no operators)", [](Parts p) { p.graph.operators.clear(); }},
      {CANT_DO "(0 inputs)", [](Parts p) { p.graph.inputs.clear(); }},
      {CANT_DO "(2 inputs)", [](Parts p) { p.graph.inputs = {0, 3}; }},
      {CONTRADICTS "(its input is a constant)", [](Parts p) { p.graph.inputs = {1}; }},
      {CONTRADICTS "(inputs: tensor 99 doesn't exist)", [](Parts p) { p.graph.inputs = {99}; }},
      {CONTRADICTS "(outputs: tensor -5 doesn't exist)", [](Parts p) { p.graph.outputs = {-5}; }},
      {CONTRADICTS "(it has no outputs)", [](Parts p) { p.graph.outputs.clear(); }},
      {CONTRADICTS "(no operator makes its output, tensor 0)",
       [](Parts p) { p.graph.outputs = {8, 0}; }},
      {CONTRADICTS "(tensor 8 is an output twice)", [](Parts p) { p.graph.outputs = {8, 8}; }},
      {CONTRADICTS "(layer 1 (CONV_2D): tensor 10000 doesn't exist)",
       [](Parts p) { p.op(0).inputs[0] = 10000; }},
      {CONTRADICTS "(layer 1 (CONV_2D): tensor -1 doesn't exist)",
       [](Parts p) { p.op(0).inputs[0] = -1; }},
      {CONTRADICTS "(layer 1 (CONV_2D): 1 input)", [](Parts p) { p.op(0).inputs = {0}; }},
      {CANT_DO "(layer 1 (CONV_2D): 4 inputs)", [](Parts p) { p.op(0).inputs = {0, 1, 2, 2}; }},
      {CONTRADICTS "(layer 1 (CONV_2D): 2 outputs)", [](Parts p) { p.op(0).outputs = {3, 5}; }},
      {CONTRADICTS "(operator code 9 doesn't exist)", [](Parts p) { p.op(0).opcode_index = 9; }},
      {CONTRADICTS "(layer 1 (MEAN): tensor 3 is used before it is made)",
       [](Parts p) { std::swap(p.graph.operators[0], p.graph.operators[1]); }},
      {CONTRADICTS "(layer 1 (CONV_2D): tensor 3 is used before it is made)",
       [](Parts p) { p.op(0).inputs[0] = 3; }},
      {CONTRADICTS "(layer 2 (MEAN): tensor 3 is made twice)",
       [](Parts p) { p.op(1).outputs = {3}; }},
      {CONTRADICTS "(layer 1 (CONV_2D): tensor 1 is made twice)",
       [](Parts p) { p.op(0).outputs = {1}; }},
      {CONTRADICTS "(layer 3 (FULLY_CONNECTED): tensor 8 is made and never used)",
       [](Parts p) { p.graph.outputs = {5}; }},
  };
  check_refusals(small_net::net, cases);
}

TEST_CASE("operators that contradict themselves") {
  const Broken cases[] = {
      {CONTRADICTS "(layer 1 (CONV_2D): its options are missing)",
       [](Parts p) { p.op(0).builtin_options.Reset(); }},
      {CONTRADICTS "(layer 1 (CONV_2D): a stride of 0)", [](Parts p) { p.conv(0).stride_h = 0; }},
      {CONTRADICTS "(layer 1 (CONV_2D): a stride of -2)", [](Parts p) { p.conv(0).stride_w = -2; }},
      {CANT_DO "(layer 1 (CONV_2D): a stride of 1000000)",
       [](Parts p) { p.conv(0).stride_w = 1000000; }},
      {CONTRADICTS "(layer 1 (CONV_2D): a dilation of 0)",
       [](Parts p) { p.conv(0).dilation_w_factor = 0; }},
      {CANT_DO "(layer 1 (CONV_2D): fused activation TANH)",
       [](Parts p) { p.conv(0).fused_activation_function = schema::Activation::TANH; }},
      {CONTRADICTS "(layer 1 (CONV_2D): its result is 1x3x3x4 but the file says 1x4x4x4)",
       [](Parts p) { p.conv(0).padding = schema::Padding::VALID; }},
      {CONTRADICTS "(layer 1 (CONV_2D): a window of 21 on a side of 8)",
       [](Parts p) {
         p.conv(0).padding = schema::Padding::VALID;
         p.conv(0).dilation_h_factor = 10;
       }},
      {CONTRADICTS "(layer 1 (CONV_2D): weights of 4x3x3x3 on 5 channels)",
       [](Parts p) { p.tensor(0).shape[3] = 5; }},
      {CONTRADICTS "(layer 1 (CONV_2D): a bias of 2 for 4 channels)",
       [](Parts p) { p.op(0).inputs[2] = 7; }},
      {CONTRADICTS "(layer 1 (CONV_2D): 2x4 where 4 dimensions are needed)",
       [](Parts p) { p.op(0).inputs[1] = 6; }},
      {CANT_DO "(layer 1 (CONV_2D): its weights are not constant)",
       [](Parts p) { p.op(0).inputs = {0, 0}; }},
      {CANT_DO "(layer 1 (CONV_2D): int32 bias)", [](Parts p) { p.op(0).inputs[2] = 4; }},
      {CANT_DO "(layer 2 (MEAN): axes other than height and width)",
       [](Parts p) { p.data(4)[0] = 3; }},
      {CONTRADICTS "(layer 3 (FULLY_CONNECTED): weights of 2x4 on 1x5)",
       [](Parts p) {
         p.tensor(1).shape = {5, 3, 3, 3};
         p.data(1).resize(5 * 27 * 4);
         p.op(0).inputs.pop_back();
         p.tensor(3).shape[3] = 5;
         p.tensor(5).shape[1] = 5;
       }},
  };
  check_refusals(small_net::net, cases);
}

TEST_CASE("windows beyond reason") {
  using Pool = schema::Pool2DOptionsT;
  const auto pool = [](Parts p) -> Pool& { return *p.op(1).builtin_options.AsPool2DOptions(); };
  const Broken cases[] = {
      {CANT_DO "(layer 2 (AVERAGE_POOL_2D): a filter side of 5000)",
       [&](Parts p) { pool(p).filter_height = 5000; }},
      {CONTRADICTS "(layer 2 (AVERAGE_POOL_2D): a filter side of 0)",
       [&](Parts p) { pool(p).filter_width = 0; }},
      {CANT_DO "(layer 2 (AVERAGE_POOL_2D): a filter of 1x1)",
       [&](Parts p) { pool(p).filter_width = pool(p).filter_height = 1; }},
      {CANT_DO "(layer 2 (AVERAGE_POOL_2D): a stride beyond its filter)",
       [&](Parts p) { pool(p).stride_w = 3; }},
      {CANT_DO "(layer 2 (AVERAGE_POOL_2D): a window of 4096x4096 at 3x4 places)",
       [&](Parts p) { pool(p).filter_width = pool(p).filter_height = 4096; }},
  };
  check_refusals(small_net::picture_to_picture, cases);
}

TEST_CASE("an unknown operator is refused by name") {
  const auto with_code = [](std::int32_t code, std::string custom = {}) {
    Writer writer = small_net::net();
    schema::OperatorCodeT& to = *writer.model().operator_codes[1];
    to.builtin_code = static_cast<schema::BuiltinOperator>(code);
    to.deprecated_builtin_code = static_cast<std::int8_t>(std::min(code, 127));
    to.custom_code = std::move(custom);
    return refusal(writer.bytes());
  };
  CHECK(with_code(132) == "the model uses the operator CONV_3D, which this program doesn't know");
  CHECK(with_code(28) == "the model uses the operator TANH, which this program doesn't know");
  CHECK(with_code(32, "MyOp") ==
        "the model uses the operator CUSTOM MyOp, which this program doesn't know");
  CHECK(with_code(999) ==
        "the model uses the operator number 999, which this program doesn't know");
  CHECK(op_name(-3) == "number -3");
}

TEST_CASE("an old file that has the operator's number in the byte only") {
  Writer writer = small_net::net();
  for (const auto& code : writer.model().operator_codes) {
    code->builtin_code = schema::BuiltinOperator::ADD;  // number 0, the field's default
  }
  const Result<Model> model = Model::parse(writer.bytes());
  REQUIRE(model);
  CHECK(model->layers()[2].op == "FULLY_CONNECTED");
}

namespace {

void stains(schema::ModelCardT& card) {
  card.stain_centres.assign(14, 1);
  card.stain_spread.assign(7, 1);
  card.stain_farthest = 1;
}

}  // namespace

TEST_CASE("cards that lack something or contradict the net") {
  struct Case {
    std::string message;
    std::function<void(schema::ModelCardT&)> damage;
  };
  using Card = schema::ModelCardT;
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  const Case cases[] = {
      {LACKS "(name is missing)", [](Card& c) { c.name.clear(); }},
      {LACKS "(version is missing)", [](Card& c) { c.version.clear(); }},
      {LACKS "(training_set is missing)", [](Card& c) { c.training_set.clear(); }},
      {LACKS "(labels is missing)", [](Card& c) { c.labels.clear(); }},
      {LACKS "(a label is empty)", [](Card& c) { c.labels[1].clear(); }},
      {LACKS "(the label round is there twice)", [](Card& c) { c.labels[1] = "round"; }},
      {LACKS "(3 labels but the net gives 1x2)", [](Card& c) { c.labels.push_back("oval"); }},
      {LACKS "(mean is missing)", [](Card& c) { c.mean.clear(); }},
      {LACKS "(mean has 1 value, not 3)", [](Card& c) { c.mean = {0}; }},
      {LACKS "(mean is not a finite number)", [](Card& c) { c.mean[1] = kNan; }},
      {LACKS "(std is not above 0)", [](Card& c) { c.std[2] = 0; }},
      {LACKS "(colour_order is missing)", [](Card& c) { c.colour_order.clear(); }},
      {LACKS "(colour_order is BGR)", [](Card& c) { c.colour_order = "BGR"; }},
      {LACKS "(crop_scale is not above 0)", [](Card& c) { c.crop_scale = 0; }},
      {LACKS "(temperature is not above 0)", [](Card& c) { c.temperature = kNan; }},
      {LACKS "(its stains make no sense)", [](Card& c) { stains(c), c.stain_centres.pop_back(); }},
      {LACKS "(its stains make no sense)", [](Card& c) { stains(c), c.stain_spread[6] = 0; }},
      {LACKS "(its stains make no sense)", [](Card& c) { stains(c), c.stain_centres[3] = kNan; }},
      {LACKS "(its stains make no sense)", [](Card& c) { stains(c), c.stain_farthest = 0; }},
      {LACKS "(temperature is not above 0)", [](Card& c) { c.temperature = INFINITY; }},
      {LACKS "(classified_threshold is not between 0 and 1)",
       [](Card& c) { c.classified_threshold = 1.5f; }},
      {LACKS "(input size 9 by 8 but the net takes 1x8x8x3)", [](Card& c) { c.input_width = 9; }},
      {LACKS "(input size 8 by -8 but the net takes 1x8x8x3)",
       [](Card& c) { c.input_height = -8; }},
  };
  for (const Case& broken : cases) {
    Writer writer = small_net::net();
    schema::ModelCardT card = small_net::card();
    broken.damage(card);
    writer.set_card(card);
    CHECK(refusal(writer.bytes()) == broken.message);
  }
}

TEST_CASE("a card whose bytes are wrong") {
  Writer writer = small_net::net();
  const std::uint32_t at = writer.model().metadata[0]->buffer;
  std::vector<std::uint8_t>& bytes = writer.model().buffers[at]->data;
  const std::vector<std::uint8_t> good = bytes;
  bytes.resize(good.size() / 2);
  CHECK(refusal(writer.bytes()) == LACKS "(its metadata is damaged)");
  bytes = good;
  bytes[4] = 'X';  // the identifier
  CHECK(refusal(writer.bytes()) == LACKS "(its metadata is damaged)");
  bytes.clear();
  CHECK(refusal(writer.bytes()) == LACKS "(its metadata is empty)");
  writer.model().metadata[0]->buffer = 1000;
  CHECK(refusal(writer.bytes()) == LACKS "(buffer 1000 doesn't exist)");
}

TEST_CASE("changed bytes never bring the program down") {
  std::mt19937 random(20240607);
  std::size_t accepted = 0, refused = 0;
  for (const std::vector<std::byte>& good :
       {small_net::net().bytes(), small_net::int8_net().bytes()}) {
    // Each byte alone, then a few at once.
    for (std::size_t round = 0; round < good.size() + 4000; ++round) {
      std::vector<std::byte> file = good;
      const bool single = round < good.size();
      for (int i = 0; i < (single ? 1 : 4); ++i) {
        const std::size_t at = single ? round : random() % file.size();
        file[at] = static_cast<std::byte>(random());
      }
      const Result<Model> model = Model::parse(file);
      ++(model ? accepted : refused);
      if (model) {
        run_once(*model);
      } else {
        CHECK_FALSE(error_message(model.error()).empty());
      }
    }
  }
  CHECK(refused > 1000);
  CHECK(accepted > 1000);  // weights, names and the like
}

TEST_CASE("sha256 of known texts") {
  CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex(text_bytes("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(text_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::vector<std::byte>(1000000, std::byte{'a'})) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
