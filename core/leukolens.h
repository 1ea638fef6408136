// LeukoLens: which white blood cell does this picture show, and how sure is the answer?
//
// This header is the public door; the command line and the page include no other file of the core
// but those it includes. Typical use:
//
//   auto engine = leukolens::Engine::create(model_bytes);          // once, some milliseconds
//   if (!engine) return error_message(engine.error());
//   auto reading = engine->read(file_bytes);                       // per picture
//   if (reading) puts(to_json(name, *reading, engine->identity()).c_str());
//
// No I/O, no threads, no exceptions. One Engine per thread; engines share nothing.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "core/cells/find.h"
#include "core/cells/finder.h"
#include "core/cells/judge.h"
#include "core/count/interval.h"
#include "core/count/measures.h"
#include "core/differential/differential.h"
#include "core/differential/differential_fhir.h"
#include "core/differential/differential_text.h"
#include "core/net/model.h"
#include "core/picture/decode.h"
#include "core/picture/picture.h"
#include "core/picture/resize.h"
#include "core/report/evidence.h"
#include "core/report/reading.h"
#include "core/report/report.h"
#include "core/result.h"

namespace leukolens {

class Engine {
 public:
  // Verifies, packs and warms up the classifier. Errors: those of Model::parse and Runner::create,
  // model_metadata.
  static Result<Engine> create(std::span<const std::byte> model_file, const Limits& limits = {});
  // From now on cells are found by this net instead of the colour rule. On an error nothing
  // changes. Errors: those of Model::parse and Finder::create.
  Result<Done> use_finder(std::span<const std::byte> finder_file);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // File bytes through all rooms. Errors: those of decode.
  Result<Reading> read(std::span<const std::byte> file);
  // The same from a picture already decoded (times.decode_ms stays 0). Errors: engine_failed.
  Result<Reading> read(const Picture& picture);
  // The answer for a box that a person drew; it may reach beyond the picture, its sides are at
  // least 1 px. Errors: engine_failed.
  Result<Cell> read(const Picture& picture, const Box& box);

  const Model& model() const;
  ModelIdentity identity() const;
  const Limits& limits() const;

 private:
  Engine();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace leukolens
