// The runner: whole nets, memory, other input sizes, and inputs that don't fit.
#include <cmath>
#include <thread>

#include "core/net/runner.h"
#include "doctest.h"
#include "tests/allocations.h"
#include "tests/reference_ops.h"
#include "tests/small_net.h"

using namespace leukolens;

namespace {

Tensor ramp(std::size_t height, std::size_t width) {
  Tensor tensor;
  tensor.shape = {1, height, width, 3};
  for (std::size_t i = 0; i < height * width * 3; ++i) {
    tensor.values.push_back(float((i * 29) % 83) / 40.0f - 1.0f);
  }
  return tensor;
}

Runner runner_of(const tflite::Writer& writer) {
  const Result<Model> model = Model::parse(writer.bytes());
  REQUIRE(model);
  Result<Runner> runner = Runner::create(*model);
  REQUIRE(runner);
  return std::move(*runner);  // the model ends here
}

reference::Array array_of(const Tensor& tensor) {
  reference::Array array({tensor.shape.begin(), tensor.shape.end()});
  std::copy(tensor.values.begin(), tensor.values.end(), array.values.begin());
  return array;
}

reference::Array pooled(const Tensor& input) {
  const auto relu = unary(array_of(input), [](double x) { return std::max(0.0, x); });
  return average_pool(relu, 2, 2, {true, 2, 2, 1, 1});
}

void check_pooled(Runner& runner, const Tensor& input) {
  const auto outputs = runner.run(input);
  REQUIRE(outputs);
  const reference::Array expected = pooled(input);
  REQUIRE((*outputs)[0].shape == expected.shape);
  REQUIRE((*outputs)[0].values.size() == expected.values.size());
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    CHECK(double((*outputs)[0].values[i]) == doctest::Approx(expected.values[i]).epsilon(1e-5));
  }
}

std::string refusal(Runner& runner, const Tensor& input) {
  const auto outputs = runner.run(input);
  return outputs ? "accepted" : error_message(outputs.error());
}

}  // namespace

TEST_CASE("a whole net runs after its model is gone, and gives the same each time") {
  Runner runner = runner_of(small_net::net());
  const Tensor input = ramp(8, 8);
  const auto first = runner.run(input);
  REQUIRE(first);
  REQUIRE(first->size() == 1);
  CHECK((*first)[0].shape == std::vector<std::size_t>{1, 2});
  const std::vector<float> values((*first)[0].values.begin(), (*first)[0].values.end());
  CHECK(std::isfinite(values[0]));
  CHECK(values[0] != values[1]);
  const auto second = runner.run(input);
  REQUIRE(second);
  CHECK(std::vector<float>((*second)[0].values.begin(), (*second)[0].values.end()) == values);
  Runner moved = std::move(runner);
  const auto third = moved.run(input);
  REQUIRE(third);
  CHECK(std::vector<float>((*third)[0].values.begin(), (*third)[0].values.end()) == values);
}

TEST_CASE("after a first run neither XNNPACK nor the runner allocates") {
  for (const bool whole : {false, true}) {
    Runner runner = runner_of(whole ? small_net::int8_net() : small_net::net());
    const std::uint64_t before = xnnpack_allocations();
    const std::uint64_t news_first = allocations();
    REQUIRE(runner.run(ramp(8, 8)));
    CHECK(xnnpack_allocations() > before);  // the counters count
    CHECK(allocations() > news_first);
    const std::uint64_t after_first = xnnpack_allocations();
    const Tensor input = ramp(8, 8);
    const std::uint64_t news_before = allocations();
    bool good = true;
    for (int i = 0; i < 20; ++i) good = runner.run(input).ok() && good;
    const std::uint64_t news_after = allocations();
    CHECK(good);
    CHECK(xnnpack_allocations() == after_first);
    CHECK(news_after == news_before);
  }
}

TEST_CASE("outputs keep their place while the shape stays") {
  Runner runner = runner_of(small_net::net());
  const auto first = runner.run(ramp(8, 8));
  REQUIRE(first);
  const float* place = (*first)[0].values.data();
  const auto second = runner.run(ramp(8, 8));
  REQUIRE(second);
  CHECK((*second)[0].values.data() == place);
}

TEST_CASE("a net without a fixed size takes other sizes, larger and smaller") {
  Runner runner = runner_of(small_net::picture_to_picture());
  check_pooled(runner, ramp(6, 8));
  check_pooled(runner, ramp(31, 17));
  check_pooled(runner, ramp(2, 3));
  check_pooled(runner, ramp(31, 17));
  const std::uint64_t before = xnnpack_allocations();
  check_pooled(runner, ramp(31, 17));
  CHECK(xnnpack_allocations() == before);
}

TEST_CASE("a net that ends in a mean takes other sizes too") {
  Runner runner = runner_of(small_net::net());
  const auto outputs = runner.run(ramp(21, 10));
  REQUIRE(outputs);
  CHECK((*outputs)[0].shape == std::vector<std::size_t>{1, 2});
}

TEST_CASE("inputs that don't fit") {
  Runner runner = runner_of(small_net::net());
  Tensor input = ramp(8, 8);
  input.values.pop_back();
  CHECK(refusal(runner, input) == "the input doesn't fit the model (191 values for 1x8x8x3)");
  input = ramp(8, 6);
  input.shape = {1, 8, 9, 2};
  CHECK(refusal(runner, input) == "the input doesn't fit the model (1x8x9x2 for a net of 1x8x8x3)");
  input.shape = {2, 4, 6, 3};
  CHECK(refusal(runner, input) == "the input doesn't fit the model (2x4x6x3 for a net of 1x8x8x3)");
  CHECK(refusal(runner, Tensor{{1, 0, 8, 3}, {}}) ==
        "the input doesn't fit the model (0 values for 1x0x8x3)");
  CHECK(refusal(runner, ramp(8, 8)) == "accepted");
}

TEST_CASE("a net of a fixed size refuses others and goes on") {
  tflite::Writer writer;
  const auto x = writer.tensor("input", {1, 4, 4, 3});
  const auto y = writer.tensor("output", {1, 48});
  writer.add(schema::BuiltinOperator::RESHAPE, {x}, {y}, schema::ReshapeOptionsT{});
  writer.set_inputs({x});
  writer.set_outputs({y});
  Runner runner = runner_of(writer);
  CHECK(refusal(runner, ramp(4, 4)) == "accepted");
  CHECK(refusal(runner, ramp(5, 4)) ==
        "the input doesn't fit the model (layer 1 (RESHAPE): 1x5x4x3 can't become 1x48)");
  CHECK(refusal(runner, ramp(4, 4)) == "accepted");
}

TEST_CASE("an intermediate result may be an output too") {
  tflite::Writer writer = small_net::picture_to_picture();
  writer.set_outputs({2, 1});
  Runner runner = runner_of(writer);
  const Tensor input = ramp(6, 8);
  const auto outputs = runner.run(input);
  REQUIRE(outputs);
  REQUIRE(outputs->size() == 2);
  CHECK((*outputs)[0].shape == std::vector<std::size_t>{1, 3, 4, 3});
  CHECK((*outputs)[1].shape == std::vector<std::size_t>{1, 6, 8, 3});
  for (std::size_t i = 0; i < input.values.size(); ++i) {
    CHECK((*outputs)[1].values[i] == std::max(0.0f, input.values[i]));
  }
}

TEST_CASE("runners on several threads don't disturb each other") {
  const Tensor input = ramp(8, 8);
  Runner alone = runner_of(small_net::net());
  const auto expected = alone.run(input);
  REQUIRE(expected);
  const Result<Model> model = Model::parse(small_net::net().bytes());
  REQUIRE(model);
  std::vector<int> good(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < good.size(); ++t) {
    threads.emplace_back([&, t] {
      Result<Runner> runner = Runner::create(*model);
      for (int i = 0; runner && i < 50; ++i) {
        const auto outputs = runner->run(input);
        if (outputs && (*outputs)[0].values[0] == (*expected)[0].values[0]) ++good[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 50));
}
