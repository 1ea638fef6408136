// The page's way into the core: values of C++ become values of JavaScript and back, nothing else.
// The types of this door in TypeScript (leukolens.d.ts) are written by the build from what is
// registered at the end of this file.
#include <emscripten/bind.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/leukolens.h"

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(Text)     // string; a std::string field would be typed as bytes too
EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes)    // Uint8Array
EMSCRIPTEN_DECLARE_VAL_TYPE(Pixels)   // Uint8ClampedArray, RGBA, ready for ImageData
EMSCRIPTEN_DECLARE_VAL_TYPE(Numbers)  // number[]
EMSCRIPTEN_DECLARE_VAL_TYPE(Strings)  // string[]
EMSCRIPTEN_DECLARE_VAL_TYPE(Cells)    // EngineCell[]
EMSCRIPTEN_DECLARE_VAL_TYPE(Boxes)    // EngineBox[]

Text to_text(std::string_view text) { return Text(val(std::string(text))); }

template <class List>
val to_array(const List& list) {
  val array = val::array();
  for (const auto& item : list) array.call<void>("push", item);
  return array;
}

// Code and changing part of an error; an empty code says that all went well.
struct EngineError {
  Text code{val("")}, what{val("")};
};

EngineError to_error(const leukolens::Error& error) {
  return {to_text(leukolens::error_name(error.code)), to_text(error.what)};
}

struct EngineModel {
  Text name{val("")}, version{val("")}, sha256{val("")}, training_set{val("")};
  Strings labels{val::array()}, sides{val::array()};
  double parameters = 0, multiply_adds = 0;
  float classified_threshold = 0, crop_scale = 0;
};

// What moved the net towards the answer; no values if it doesn't tell.
struct EngineEvidence {
  int columns = 0, rows = 0;
  Numbers values{val::array()};
};

struct EngineCell {
  leukolens::Box box;
  Text label{val("")}, verdict{val("")};
  Numbers probabilities{val::array()};  // in the order of EngineModel::labels
  Numbers sides{val::array()};          // in the order of EngineModel::sides
  EngineEvidence evidence;
  float found = 1;
};

// What else the finder saw; zero um_per_px where it could not be told.
struct EngineSurroundings {
  Boxes red_cells{val::array()}, platelets{val::array()};
  double um_per_px = 0, um_per_px_lowest = 0, um_per_px_highest = 0;
};

struct EngineThumbnail {
  int width = 0, height = 0;
  Pixels rgba{val::undefined()};  // undefined after an error
};

struct EngineAnswer {
  EngineError error;
  Cells cells{val::array()};  // one, or none after an error
};

// What one picture gave. After an error only `error` is filled.
struct EngineReading {
  EngineError error;
  int width = 0, height = 0;
  Text format{val("")}, decoder{val("")};
  Strings warnings{val::array()};
  Cells cells{val::array()};
  EngineSurroundings surroundings;
  leukolens::Times times;
  EngineThumbnail thumbnail;
};

// One copy from JavaScript's memory into ours, without an object per byte.
std::vector<std::byte> copy_bytes(const Bytes& source) {
  std::vector<std::byte> bytes(source["length"].as<std::size_t>());
  const val view(emscripten::typed_memory_view(
      bytes.size(), reinterpret_cast<const unsigned char*>(bytes.data())));
  view.call<void>("set", source);
  return bytes;
}

EngineThumbnail to_thumbnail(const leukolens::Picture& picture) {
  const std::size_t pixels = picture.rgb.size() / 3;
  std::vector<unsigned char> rgba(pixels * 4, 255);
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      rgba[i * 4 + channel] = picture.rgb[i * 3 + channel];
    }
  }
  const val view(emscripten::typed_memory_view(rgba.size(), rgba.data()));
  return {picture.width, picture.height, Pixels(val::global("Uint8ClampedArray").new_(view))};
}

class Engine {
 public:
  EngineError load(const Bytes& model_file) {
    auto engine = leukolens::Engine::create(copy_bytes(model_file));
    if (!engine) return to_error(engine.error());
    engine_ = std::move(engine).value();
    return {};
  }

  EngineError use_finder(const Bytes& finder_file) {
    const auto done = engine_->use_finder(copy_bytes(finder_file));
    return done ? EngineError{} : to_error(done.error());
  }

  EngineModel model() const {
    const leukolens::Model& model = engine_->model();
    const leukolens::ModelCard& card = model.card();
    return {to_text(card.name),
            to_text(card.version),
            to_text(model.sha256()),
            to_text(card.training_set),
            Strings(to_array(card.labels)),
            Strings(to_array(card.side_labels)),
            static_cast<double>(model.parameters()),
            static_cast<double>(model.multiply_adds()),
            card.classified_threshold,
            card.crop_scale};
  }

  double max_bytes() const { return static_cast<double>(engine_->limits().max_bytes); }

  double max_pixels() const { return static_cast<double>(engine_->limits().max_pixels); }

  EngineReading read(const Bytes& file, int thumbnail_side_px) {
    const auto start = std::chrono::steady_clock::now();
    auto picture = leukolens::decode(copy_bytes(file), engine_->limits());
    const std::chrono::duration<double, std::milli> decoding =
        std::chrono::steady_clock::now() - start;
    return answer(std::move(picture), decoding.count(), thumbnail_side_px);
  }

  // The same from pixels that another decoder made of the file, whose first bytes tell its format.
  EngineReading read_pixels(const Bytes& start, const Bytes& pixels, int width, int height,
                            double decode_ms, int thumbnail_side_px) {
    return answer(leukolens::take_decoded(copy_bytes(start), copy_bytes(pixels), width, height,
                                          engine_->limits()),
                  decode_ms, thumbnail_side_px);
  }

  // The net's answer for one box of the picture read last.
  EngineAnswer read_box(const leukolens::Box& box) {
    auto cell = engine_->read(last_, box);
    EngineAnswer out;
    if (!cell) out.error = to_error(cell.error());
    if (cell) out.cells.call<void>("push", to_cell(*cell));
    return out;
  }

  // The square around the middle of a box of the picture read last, `scale` times its longer side
  // wide, at most `max_side_px` pixels large and never enlarged.
  EngineThumbnail cut(const leukolens::Box& box, double scale, int max_side_px) const {
    const double side = std::max(box.width, box.height) * scale;
    const leukolens::Region square = {box.x + (box.width - side) / 2,
                                      box.y + (box.height - side) / 2, side, side};
    const int side_px = std::clamp(static_cast<int>(side), 1, max_side_px);
    return to_thumbnail(leukolens::cut(last_, square, side_px, side_px));
  }

 private:
  EngineReading answer(leukolens::Result<leukolens::Picture> picture, double decode_ms,
                       int thumbnail_side_px) {
    if (!picture) return failed(picture.error());
    auto reading = engine_->read(*picture);
    if (!reading) return failed(reading.error());
    reading->times.decode_ms = decode_ms;
    EngineReading out = to_reading(*reading);
    out.thumbnail = to_thumbnail(leukolens::fit(*picture, thumbnail_side_px));
    last_ = std::move(picture).value();
    return out;
  }

  EngineReading to_reading(const leukolens::Reading& reading) const {
    EngineReading out;
    out.width = reading.width;
    out.height = reading.height;
    out.format = to_text(leukolens::format_name(reading.format));
    out.decoder = to_text(reading.decoder);
    for (const leukolens::Warning warning : reading.warnings) {
      out.warnings.call<void>("push", std::string(leukolens::warning_name(warning)));
    }
    for (const leukolens::Cell& cell : reading.cells) {
      out.cells.call<void>("push", to_cell(cell));
    }
    if (reading.surroundings) out.surroundings = to_surroundings(*reading.surroundings);
    out.times = reading.times;
    return out;
  }

  static EngineReading failed(const leukolens::Error& error) {
    EngineReading out;
    out.error = to_error(error);
    return out;
  }

  static EngineSurroundings to_surroundings(const leukolens::Surroundings& seen) {
    EngineSurroundings out;
    out.red_cells = Boxes(to_array(seen.red_cells));
    out.platelets = Boxes(to_array(seen.platelets));
    if (!seen.ruler) return out;
    out.um_per_px = seen.ruler->um_per_px;
    out.um_per_px_lowest = seen.ruler->lowest;
    out.um_per_px_highest = seen.ruler->highest;
    return out;
  }

  EngineCell to_cell(const leukolens::Cell& cell) const {
    const std::vector<std::string>& labels = engine_->model().card().labels;
    const leukolens::Evidence& evidence = cell.evidence;
    const auto contrast = leukolens::evidence_for(evidence, cell.class_index, labels.size());
    return {cell.box,
            to_text(labels[cell.class_index]),
            to_text(leukolens::verdict_name(cell.verdict)),
            Numbers(to_array(cell.probabilities)),
            Numbers(to_array(cell.sides)),
            {evidence.columns, evidence.rows, Numbers(to_array(contrast))},
            cell.found};
  }

  std::optional<leukolens::Engine> engine_;
  leukolens::Picture last_;  // kept for cut() and read_box()
};

std::string program_version() { return std::string(leukolens::kProgramVersion); }

}  // namespace

EMSCRIPTEN_BINDINGS(leukolens) {
  using namespace emscripten;
  register_type<Text>("string");
  register_type<Bytes>("Uint8Array");
  register_type<Pixels>("Uint8ClampedArray");
  register_type<Numbers>("number[]");
  register_type<Strings>("string[]");
  register_type<Cells>("EngineCell[]");
  register_type<Boxes>("EngineBox[]");

  value_object<EngineError>("EngineError")
      .field("code", &EngineError::code)
      .field("what", &EngineError::what);
  value_object<EngineModel>("EngineModel")
      .field("name", &EngineModel::name)
      .field("version", &EngineModel::version)
      .field("sha256", &EngineModel::sha256)
      .field("trainingSet", &EngineModel::training_set)
      .field("labels", &EngineModel::labels)
      .field("sides", &EngineModel::sides)
      .field("parameters", &EngineModel::parameters)
      .field("multiplyAdds", &EngineModel::multiply_adds)
      .field("classifiedThreshold", &EngineModel::classified_threshold)
      .field("cropScale", &EngineModel::crop_scale);
  value_object<leukolens::Box>("EngineBox")
      .field("x", &leukolens::Box::x)
      .field("y", &leukolens::Box::y)
      .field("width", &leukolens::Box::width)
      .field("height", &leukolens::Box::height);
  value_object<EngineEvidence>("EngineEvidence")
      .field("columns", &EngineEvidence::columns)
      .field("rows", &EngineEvidence::rows)
      .field("values", &EngineEvidence::values);
  value_object<EngineCell>("EngineCell")
      .field("box", &EngineCell::box)
      .field("label", &EngineCell::label)
      .field("verdict", &EngineCell::verdict)
      .field("probabilities", &EngineCell::probabilities)
      .field("sides", &EngineCell::sides)
      .field("evidence", &EngineCell::evidence)
      .field("found", &EngineCell::found);
  value_object<EngineSurroundings>("EngineSurroundings")
      .field("redCells", &EngineSurroundings::red_cells)
      .field("platelets", &EngineSurroundings::platelets)
      .field("umPerPx", &EngineSurroundings::um_per_px)
      .field("umPerPxLowest", &EngineSurroundings::um_per_px_lowest)
      .field("umPerPxHighest", &EngineSurroundings::um_per_px_highest);
  value_object<leukolens::Times>("EngineTimes")
      .field("decode", &leukolens::Times::decode_ms)
      .field("find", &leukolens::Times::find_ms)
      .field("classify", &leukolens::Times::classify_ms);
  value_object<EngineThumbnail>("EngineThumbnail")
      .field("width", &EngineThumbnail::width)
      .field("height", &EngineThumbnail::height)
      .field("rgba", &EngineThumbnail::rgba);
  value_object<EngineReading>("EngineReading")
      .field("error", &EngineReading::error)
      .field("width", &EngineReading::width)
      .field("height", &EngineReading::height)
      .field("format", &EngineReading::format)
      .field("decoder", &EngineReading::decoder)
      .field("warnings", &EngineReading::warnings)
      .field("cells", &EngineReading::cells)
      .field("surroundings", &EngineReading::surroundings)
      .field("times", &EngineReading::times)
      .field("thumbnail", &EngineReading::thumbnail);

  value_object<EngineAnswer>("EngineAnswer")
      .field("error", &EngineAnswer::error)
      .field("cells", &EngineAnswer::cells);

  // Until load() has answered without a code, the other methods must not be called; until
  // read() or readPixels() has, cut() and readBox() must not.
  class_<Engine>("Engine")
      .constructor<>()
      .function("load", &Engine::load)
      .function("useFinder", &Engine::use_finder)
      .function("model", &Engine::model)
      .function("maxBytes", &Engine::max_bytes)
      .function("maxPixels", &Engine::max_pixels)
      .function("read", &Engine::read)
      .function("readPixels", &Engine::read_pixels)
      .function("readBox", &Engine::read_box)
      .function("cut", &Engine::cut);
  function("programVersion", &program_version);
}
