// Runs a model by XNNPACK on one thread. Weights are packed once, at creation; after the first run
// of an input shape further runs of that shape allocate nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/net/model.h"
#include "core/net/tensor.h"
#include "core/result.h"

namespace leukolens {

// One output: shape and values, valid until the next run. float32 only.
struct Output {
  std::vector<std::size_t> shape;
  std::span<const float> values;
};

class Runner {
 public:
  // `model` may be destroyed afterwards. Errors: engine_failed, out_of_memory.
  static Result<Runner> create(const Model& model);
  Runner(Runner&&) noexcept;
  Runner& operator=(Runner&&) noexcept;
  ~Runner();

  // `input`'s height and width may differ from the file's where the net allows it (fully
  // convolutional); batch and channels as in the file. Errors: input_shape, engine_failed.
  Result<std::span<const Output>> run(const Tensor& input);

 private:
  Runner();
  struct State;
  std::unique_ptr<State> state_;
};

// Number of allocations XNNPACK has asked for since the program started, on all threads.
std::uint64_t xnnpack_allocations();

}  // namespace leukolens
