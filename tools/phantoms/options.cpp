#include "tools/phantoms/options.h"

#include <charconv>
#include <optional>

namespace leukolens::phantoms {
namespace {

constexpr int kLeastSidePx = 64, kMostSidePx = 10000;

// Collects while parsing; the list of classes replaces the default at its first mention.
struct Draft {
  Options options;
  bool classes_named = false;
};

// What the value should have been, or nothing if it was taken.
using Complaint = std::optional<std::string>;

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
  return value;
}

template <class Number>
Complaint take(std::string_view text, Number low, Number high, std::string_view expected,
               Number& target) {
  const std::optional<Number> value = number<Number>(text);
  // Written so that NaN, which from_chars reads, is refused.
  if (!value || !(*value >= low && *value <= high)) return std::string(expected);
  target = *value;
  return {};
}

Complaint take_seed(Draft& draft, std::string_view text) {
  const std::optional<std::uint64_t> seed = number<std::uint64_t>(text);
  if (!seed) return "a whole number from 0";
  draft.options.settings.seed = *seed;
  return {};
}

Complaint take_class(Draft& draft, std::string_view text) {
  const std::optional<CellClass> cell_class = class_named(text);
  if (!cell_class) return "one of eosinophil, lymphocyte, monocyte, neutrophil, basophil";
  std::vector<CellClass>& classes = draft.options.settings.classes;
  if (!draft.classes_named) classes.clear();
  draft.classes_named = true;
  classes.push_back(*cell_class);
  return {};
}

Complaint take_cells(Draft& draft, std::string_view text) {
  return take(text, 0, 100000, "a whole number from 0 to 100000",
              draft.options.settings.white_cells);
}

Complaint take_size(Draft& draft, std::string_view text) {
  const std::size_t cross = text.find('x');
  Settings& settings = draft.options.settings;
  const std::string expected = "WIDTHxHEIGHT, each from 64 to 10000 pixels, such as 320x240";
  if (cross == std::string_view::npos) return expected;
  Complaint complaint =
      take(text.substr(0, cross), kLeastSidePx, kMostSidePx, expected, settings.width_px);
  if (complaint) return complaint;
  return take(text.substr(cross + 1), kLeastSidePx, kMostSidePx, expected, settings.height_px);
}

Complaint take_um_per_px(Draft& draft, std::string_view text) {
  return take(text, 0.02, 1.0, "a number from 0.02 to 1", draft.options.settings.um_per_px);
}

Complaint take_stain(Draft& draft, std::string_view text) {
  Stain& stain = draft.options.settings.stain;
  for (const Stain& known : known_stains()) {
    if (known.name == text) {
      stain = known;
      return {};
    }
  }
  std::string expected;
  for (const Stain& known : known_stains()) expected += std::string(known.name) + ", ";
  expected += "or EOSIN,AZURE, two strengths from 0 to 3 such as 1.0,0.8";
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return expected;
  Stain own = known_stains().front();
  own.name = "own";
  Complaint complaint = take(text.substr(0, comma), 0.0, 3.0, expected, own.eosin);
  if (!complaint) complaint = take(text.substr(comma + 1), 0.0, 3.0, expected, own.azure);
  if (!complaint) stain = own;
  return complaint;
}

Complaint take_blur(Draft& draft, std::string_view text) {
  return take(text, 0.0, 20.0, "a number of pixels from 0 to 20", draft.options.settings.blur_px);
}

Complaint take_noise(Draft& draft, std::string_view text) {
  return take(text, 0.0, 64.0, "a number of 8-bit steps from 0 to 64",
              draft.options.settings.noise);
}

Complaint take_red_density(Draft& draft, std::string_view text) {
  return take(text, 0.0, 0.9, "a share from 0 to 0.9", draft.options.settings.red_density);
}

Complaint take_count(Draft& draft, std::string_view text) {
  return take(text, 1, 100000, "a whole number from 1 to 100000", draft.options.count);
}

Complaint take_folder(Draft& draft, std::string_view text) {
  if (text.empty()) return "the name of a folder";
  draft.options.folder = text;
  return {};
}

Complaint take_truth(Draft& draft, std::string_view text) {
  if (text.empty()) return "the name of a file";
  draft.options.truth_file = text;
  return {};
}

struct Option {
  std::string_view name, argument, text;
  Complaint (*take)(Draft&, std::string_view);
};

constexpr Option kOptions[] = {
    {"--out", "DIR", "folder for the pictures, made if missing (needed)", take_folder},
    {"--truth", "FILE", "write what was drawn where as JSON", take_truth},
    {"--count", "N", "pictures; each counts the seed up by one (1)", take_count},
    {"--seed", "N", "of the first picture; the same seed gives the same pixels (1)", take_seed},
    {"--class", "NAME",
     "class of the white cells, may be given several times; they take turns\n"
     "                     (eosinophil, lymphocyte, monocyte, neutrophil; also: basophil)",
     take_class},
    {"--cells", "N", "white cells in each picture (1)", take_cells},
    {"--size", "WxH", "pixels, each side 64 to 10000 (320x240)", take_size},
    {"--um-per-px", "X", "micrometres a pixel, 0.02 to 1; red cells measure 7.5 (0.15)",
     take_um_per_px},
    {"--stain", "NAME",
     "standard, pale, blue, yellow, grey-cast, or the strengths of the two dyes\n"
     "                     as EOSIN,AZURE (standard, which is 1,1)",
     take_stain},
    {"--blur", "PX", "out of focus: sigma in pixels, 0 to 20 (0.8)", take_blur},
    {"--noise", "X", "of the camera: sigma in 8-bit steps, 0 to 64 (1.5)", take_noise},
    {"--red-density", "X", "share of the field under red cells, 0 to 0.9 (0.35)", take_red_density},
};

const Option* option_named(std::string_view name) {
  for (const Option& option : kOptions) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

std::variant<Options, UsageError> parse_options(std::span<const std::string> arguments) {
  Draft draft;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--help" || name == "-h") {
      draft.options.help = true;
      return draft.options;
    }
    const Option* option = option_named(name);
    if (!option) return UsageError{"there is no option \"" + name + "\"; see --help"};
    if (i + 1 == arguments.size()) {
      return UsageError{name + " needs a value (" + std::string(option->argument) + ")"};
    }
    const std::string& value = arguments[++i];
    if (const Complaint expected = option->take(draft, value)) {
      return UsageError{name + " can't be \"" + value + "\"; give " + *expected};
    }
  }
  if (draft.options.folder.empty()) return UsageError{"say where the pictures go: --out DIR"};
  return draft.options;
}

std::string help_text() {
  std::string text =
      "Draws synthetic blood smears with known truth: drawings, not pictures of blood.\n\n"
      "usage: leukolens-phantoms --out DIR [options]\n\n"
      "options (default):\n";
  for (const Option& option : kOptions) {
    std::string line = "  " + std::string(option.name) + " " + std::string(option.argument);
    line.resize(std::max<std::size_t>(line.size() + 1, 21), ' ');
    text += line + std::string(option.text) + "\n";
  }
  text +=
      "  --help             this text\n"
      "\nexamples:\n"
      "  leukolens-phantoms --out drawings --count 20 --truth drawings/truth.json\n"
      "  leukolens-phantoms --out field --class neutrophil --class monocyte --cells 12 --size "
      "1600x1200\n"
      "  leukolens-phantoms --out pale --stain pale --blur 2 --noise 4 --seed 77\n"
      "\nexit codes: 0 all drawn, 1 a file can't be written, 2 wrong usage\n";
  return text;
}

}  // namespace leukolens::phantoms
