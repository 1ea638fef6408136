#include "core/net/runner.h"

#include <xnnpack.h>

#include <algorithm>
#include <utility>

#include "core/net/build.h"
#include "core/net/ops.h"
#include "core/net/parse.h"
#include "core/net/xnnpack_memory.h"

namespace leukolens {
namespace {

template <class T, xnn_status (*kDelete)(T*)>
struct Deleter {
  void operator()(T* pointer) const { kDelete(pointer); }
};
using Subgraph = std::unique_ptr<xnn_subgraph, Deleter<xnn_subgraph, xnn_delete_subgraph>>;
using Runtime = std::unique_ptr<xnn_runtime, Deleter<xnn_runtime, xnn_delete_runtime>>;

// XNNPACK reads, but doesn't use, some bytes behind a tensor.
constexpr std::size_t kSpareFloats = XNN_EXTRA_BYTES / sizeof(float);

std::string_view status_text(xnn_status status) {
  switch (status) {
    case xnn_status_invalid_parameter:
      return "invalid parameter";
    case xnn_status_unsupported_parameter:
      return "unsupported parameter";
    case xnn_status_unsupported_hardware:
      return "unsupported processor";
    case xnn_status_out_of_memory:
      return "out of memory";
    default:
      return "wrong state";
  }
}

Error engine_error(xnn_status status, std::string_view where) {
  if (status == xnn_status_out_of_memory) return {ErrorCode::kOutOfMemory, std::string(where)};
  return {ErrorCode::kEngineFailed, std::string(where) + ": " + std::string(status_text(status))};
}

Result<Runtime> create_runtime(const Graph& graph) {
  const auto ends = static_cast<std::uint32_t>(1 + graph.outputs.size());
  xnn_subgraph_t made = nullptr;
  xnn_status status = xnn_create_subgraph(ends, 0, &made);
  const Subgraph subgraph(made);
  if (status != xnn_status_success) return engine_error(status, "the net");
  NetBuilder builder(graph, subgraph.get());
  status = builder.define_all();
  if (status != xnn_status_success) {
    const std::size_t at = builder.failed_at();
    return in_layer(engine_error(status, "its definition"), at, graph.nodes[at].op->name);
  }
  xnn_runtime_t runtime = nullptr;
  status = xnn_create_runtime_v2(subgraph.get(), nullptr, 0, &runtime);
  if (status != xnn_status_success) return engine_error(status, "packing the weights");
  return Runtime(runtime);
}

}  // namespace

struct Runner::State {
  std::shared_ptr<const Graph> graph;  // the runtime points to its constants
  Runtime runtime;
  Shape ready_for;  // the input shape of the last run; empty: not set up
  std::vector<float> input;
  std::vector<std::vector<float>> buffers;  // one for each output
  std::vector<Output> outputs;

  Result<Done> check(const Tensor& given) const;
  Result<Done> reshape(const Shape& wanted);
  Result<Done> place_outputs(const std::vector<Shape>& shapes);
  Result<Done> connect();
};

Result<Done> Runner::State::check(const Tensor& given) const {
  const Shape& own = graph->tensors[graph->inputs[0]].shape;
  const std::span<const std::size_t> wanted = given.shape;
  if (wanted[0] != own[0] || wanted[3] != own[3]) {
    return Error{ErrorCode::kInputShape, shape_text(wanted) + " for a net of " + shape_text(own)};
  }
  const auto count = element_count(wanted);
  if (!count || *count != given.values.size()) {
    return Error{ErrorCode::kInputShape,
                 std::to_string(given.values.size()) + " values for " + shape_text(wanted)};
  }
  return Done{};
}

// Sizes the outputs' memory and makes sure that XNNPACK sees the shapes as we do.
Result<Done> Runner::State::place_outputs(const std::vector<Shape>& shapes) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Shape& shape = shapes[graph->outputs[i]];
    Shape seen(XNN_MAX_TENSOR_DIMS);
    std::size_t rank = 0;
    const xnn_status status = xnn_get_external_value_shape(
        runtime.get(), static_cast<std::uint32_t>(1 + i), &rank, seen.data());
    if (status != xnn_status_success) return engine_error(status, "its output");
    seen.resize(rank);
    if (seen != shape) {
      return Error{ErrorCode::kEngineFailed,
                   "its output is " + shape_text(seen) + ", not " + shape_text(shape)};
    }
    const std::size_t count = element_count(shape).value_or(0);
    buffers[i].resize(count + kSpareFloats);
    outputs[i].shape = shape;
    outputs[i].values = std::span<const float>(buffers[i].data(), count);
  }
  return Done{};
}

Result<Done> Runner::State::connect() {
  std::vector<xnn_external_value> ends{{0, input.data()}};
  for (std::uint32_t i = 0; i < buffers.size(); ++i) ends.push_back({1 + i, buffers[i].data()});
  const xnn_status status = xnn_setup_runtime_v2(runtime.get(), ends.size(), ends.data());
  if (status != xnn_status_success) return engine_error(status, "setting up");
  return Done{};
}

Result<Done> Runner::State::reshape(const Shape& wanted) {
  ready_for.clear();  // until all has gone well
  const Result<std::vector<Shape>> shapes = infer_shapes(*graph, wanted);
  if (!shapes) return Error{ErrorCode::kInputShape, shapes.error().what};
  xnn_status status = xnn_reshape_external_value(runtime.get(), 0, wanted.size(), wanted.data());
  if (status != xnn_status_success) return engine_error(status, "its input");
  status = xnn_reshape_runtime(runtime.get());
  if (status != xnn_status_success) return engine_error(status, shape_text(wanted));
  input.resize(element_count(wanted).value_or(0) + kSpareFloats);
  if (auto done = place_outputs(*shapes); !done) return done;
  if (auto done = connect(); !done) return done;
  ready_for = wanted;
  return Done{};
}

Runner::Runner() = default;
Runner::Runner(Runner&&) noexcept = default;
Runner& Runner::operator=(Runner&&) noexcept = default;
Runner::~Runner() = default;

Result<Runner> Runner::create(const Model& model) {
  const xnn_status status = start_xnnpack();
  if (status != xnn_status_success) return engine_error(status, "starting it");
  Runner runner;
  runner.state_ = std::make_unique<State>();
  State& state = *runner.state_;
  state.graph = model.graph();
  Result<Runtime> runtime = create_runtime(*state.graph);
  if (!runtime) return runtime.error();
  state.runtime = std::move(*runtime);
  state.buffers.resize(state.graph->outputs.size());
  state.outputs.resize(state.graph->outputs.size());
  return runner;
}

Result<std::span<const Output>> Runner::run(const Tensor& input) {
  State& state = *state_;
  if (auto done = state.check(input); !done) return done.error();
  if (!std::equal(state.ready_for.begin(), state.ready_for.end(), input.shape.begin(),
                  input.shape.end())) {
    const Shape shape(input.shape.begin(), input.shape.end());
    if (auto done = state.reshape(shape); !done) return done.error();
  }
  std::copy(input.values.begin(), input.values.end(), state.input.begin());
  const xnn_status status = xnn_invoke_runtime(state.runtime.get());
  if (status != xnn_status_success) return engine_error(status, "running");
  return std::span<const Output>(state.outputs);
}

}  // namespace leukolens
