// One picture through all rooms: decode, find, crop, run, judge.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/cells/crop.h"
#include "core/cells/quality.h"
#include "core/leukolens.h"
#include "core/net/runner.h"

namespace leukolens {
namespace {

class Stopwatch {
 public:
  // Milliseconds since the start or the last lap.
  double lap_ms() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double, std::milli>(now - std::exchange(last_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

InputSpec input_spec(const ModelCard& card) {
  InputSpec spec;
  spec.width = card.input_width;
  spec.height = card.input_height;
  std::copy_n(card.mean, 3, spec.mean);
  std::copy_n(card.std, 3, spec.std);
  spec.crop_scale = card.crop_scale;
  if (card.normalisation == "density") spec.normalisation = Normalisation::kDensity;
  spec.context_scale = card.context_scale;
  return spec;
}

Calibration calibration(const ModelCard& card) {
  Calibration made{card.temperature, card.classified_threshold, {}};
  for (std::size_t i = 0; i < card.side_labels.size(); ++i) {
    const bool abnormal = card.side_labels[i] == "other_or_abnormal";
    made.sides.push_back(
        {abnormal ? Verdict::kOtherOrAbnormal : Verdict::kNotAWhiteCell, card.side_thresholds[i]});
  }
  return made;
}

Surroundings surroundings_of(const Field& field) {
  Surroundings seen;
  for (const Sighting& sighting : field.sightings) {
    if (sighting.kind == Kind::kRedCell) seen.red_cells.push_back(sighting.box);
    if (sighting.kind == Kind::kPlatelet) seen.platelets.push_back(sighting.box);
  }
  seen.ruler = field.ruler;
  return seen;
}

}  // namespace

struct Engine::State {
  Model model;
  Runner runner;
  InputSpec spec;
  Calibration calibration;
  Limits limits;
  Tensor input;  // kept, so that its memory is taken once
  std::optional<Finder> finder;
  FinderIdentity finder_identity;

  // What the finder or else the colour rule sees.
  Result<Field> sight(const Picture& picture);

  // Runs the net on `input`; the first output has one finite logit for each label and side.
  Result<std::span<const Output>> run();
  void judge_quality(const Picture& picture, Reading& reading) const;
  // What is behind a box, judged.
  Result<Cell> answer(const Picture& picture, const Box& box);
};

Result<std::span<const Output>> Engine::State::run() {
  const auto outputs = runner.run(input);
  if (!outputs) return outputs.error();
  // Model::parse saw to it that the first output has one value for each label and side.
  const std::span<const float> logits = (*outputs)[0].values;
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(logits.begin(), logits.end(), finite)) {
    return Error{ErrorCode::kEngineFailed, "its answer is not a finite number"};
  }
  return *outputs;
}

Result<Cell> Engine::State::answer(const Picture& picture, const Box& box) {
  crop(picture, box, spec, input);
  const auto outputs = run();
  if (!outputs) return outputs.error();
  Judgement judgement = judge((*outputs)[0].values, calibration);
  Cell cell{box, judgement.class_index, judgement.verdict, std::move(judgement.probabilities),
            std::move(judgement.sides)};
  if (outputs->size() < 3) return cell;  // a net that doesn't show its reasons
  const Output &places = (*outputs)[1], &embedding = (*outputs)[2];
  cell.evidence = {context(box, double(spec.crop_scale)),
                   int(places.shape[2]),
                   int(places.shape[1]),
                   {places.values.begin(), places.values.end()}};
  cell.embedding.assign(embedding.values.begin(), embedding.values.end());
  return cell;
}

Result<Field> Engine::State::sight(const Picture& picture) {
  if (finder) return finder->find(picture);
  return Field{find_cells(picture)};
}

void Engine::State::judge_quality(const Picture& picture, Reading& reading) const {
  std::vector<Box> boxes;
  for (const Cell& cell : reading.cells) boxes.push_back(cell.box);
  const ModelCard& card = model.card();
  reading.quality =
      assess(picture, boxes, {card.stain_centres, card.stain_spread, card.stain_farthest});
  const std::vector<Warning> noticed = warnings_of(*reading.quality);
  reading.warnings.insert(reading.warnings.end(), noticed.begin(), noticed.end());
}

Engine::Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::create(std::span<const std::byte> model_file, const Limits& limits) {
  Result<Model> model = Model::parse(model_file);
  if (!model) return model.error();
  if (!model->has_card()) {
    return Error{ErrorCode::kModelMetadata, "it has no \"leukolens\" metadata"};
  }
  Result<Runner> runner = Runner::create(*model);
  if (!runner) return runner.error();

  const ModelCard card = model->card();
  if (card.kind != "classifier") {
    return Error{ErrorCode::kModelMetadata, "it is a " + card.kind + ", not a classifier"};
  }
  Engine engine;
  engine.state_.reset(new State{std::move(*model),
                                std::move(*runner),
                                input_spec(card),
                                calibration(card),
                                limits,
                                {},
                                {},
                                {}});
  State& state = *engine.state_;
  state.input.shape = {1, std::size_t(card.input_height), std::size_t(card.input_width), 3};
  state.input.values.resize(std::size_t(card.input_height) * card.input_width * 3);
  // The first run takes the memory, so that no picture has to wait for it.
  if (auto warmed = state.run(); !warmed) return warmed.error();
  return engine;
}

Result<Done> Engine::use_finder(std::span<const std::byte> finder_file) {
  const Result<Model> model = Model::parse(finder_file);
  if (!model) return model.error();
  Result<Finder> finder = Finder::create(*model);
  if (!finder) return finder.error();
  state_->finder = std::move(*finder);
  state_->finder_identity = {model->card().name, model->card().version, model->sha256()};
  return Done{};
}

Result<Reading> Engine::read(std::span<const std::byte> file) {
  Stopwatch watch;
  const Result<Picture> picture = decode(file, state_->limits);
  if (!picture) return picture.error();
  const double decode_ms = watch.lap_ms();
  Result<Reading> reading = read(*picture);
  if (reading) reading->times.decode_ms = decode_ms;
  return reading;
}

Result<Reading> Engine::read(const Picture& picture) {
  Stopwatch watch;
  Reading reading;
  reading.width = picture.width;
  reading.height = picture.height;
  reading.format = picture.format;
  reading.decoder = decoder_name(picture.format);
  reading.warnings = picture.warnings;
  const Result<Field> field = state_->sight(picture);
  if (!field) return field.error();
  if (state_->finder) reading.surroundings = surroundings_of(*field);
  reading.times.find_ms = watch.lap_ms();

  for (const Sighting& sighting : field->sightings) {
    if (sighting.kind != Kind::kWhiteCell) continue;
    Result<Cell> cell = read(picture, sighting.box);
    if (!cell) return cell.error();
    cell->found = sighting.score;
    reading.cells.push_back(std::move(*cell));
  }
  if (reading.cells.empty()) reading.warnings.push_back(Warning::kNoCellFound);
  state_->judge_quality(picture, reading);
  reading.times.classify_ms = watch.lap_ms();
  return reading;
}

Result<Cell> Engine::read(const Picture& picture, const Box& box) {
  return state_->answer(picture, box);
}

const Model& Engine::model() const { return state_->model; }
ModelIdentity Engine::identity() const {
  ModelIdentity identity = identity_of(state_->model);
  if (state_->finder) identity.finder = state_->finder_identity;
  return identity;
}
const Limits& Engine::limits() const { return state_->limits; }

}  // namespace leukolens
