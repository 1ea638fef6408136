// Many pictures through one or more engines at once, answered in the order they were asked.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/options.h"

namespace leukolens::tool {

inline constexpr Option kJobsOption{"jobs", 'j', "N", "pictures read at once (default: 1)"};
inline constexpr int kMaxJobs = 256;

// A reading, or why there is none.
struct Answer {
  std::optional<Reading> reading;
  std::string code, message;
  std::string name = {};  // the input's path; of a file with pages "path, page 2"
  bool is_last = true;    // of its input
};

// A picture of which somebody else said where the cell is; without a box, what is in it.
struct BoxedInput {
  Input input;
  std::optional<Box> box;  // pixels of the picture as seen
};

// Calls `take(index, answer)` for every input, in order, on the calling thread: once, or for a TIFF
// file once for each page, the last one told by `is_last`. At most a few
// pictures a job are ahead of it, so memory doesn't grow with the number of inputs. Returns false
// if Ctrl-C ended it early.
bool read_in_order(std::vector<Engine>& engines, const std::vector<Input>& inputs,
                   const std::function<void(std::size_t, Answer)>& take);
bool read_in_order(std::vector<Engine>& engines, const std::vector<BoxedInput>& inputs,
                   const std::function<void(std::size_t, Answer)>& take);

}  // namespace leukolens::tool
