#include "tools/leukolens/deletion.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "core/count/bootstrap.h"
#include "core/count/interval.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/read_picture.h"
#include "tools/leukolens/samples.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr double kArea = 0.1;
constexpr int kDraws = 5;

using Places = std::vector<std::size_t>;

// A picture's usual colour, channel by channel: mostly what lies around the cells.
void usual_colour(const Picture& picture, std::uint8_t (&colour)[3]) {
  for (std::size_t c = 0; c < 3; ++c) {
    std::size_t count[256] = {}, seen = 0;
    for (std::size_t i = c; i < picture.rgb.size(); i += 3) ++count[picture.rgb[i]];
    std::size_t value = 0;
    while ((seen += count[value]) * 6 < picture.rgb.size()) ++value;
    colour[c] = static_cast<std::uint8_t>(value);
  }
}

// The place's part of the picture, in whole pixels, cut to the picture.
Box pixels_of(const Evidence& map, std::size_t place, const Picture& picture) {
  const int column = static_cast<int>(place) % map.columns;
  const int row = static_cast<int>(place) / map.columns;
  const auto cut = [](int from, int length, int part, int parts, int side) {
    return std::clamp(from + length * part / parts, 0, side);
  };
  const int left = cut(map.square.x, map.square.width, column, map.columns, picture.width);
  const int right = cut(map.square.x, map.square.width, column + 1, map.columns, picture.width);
  const int top = cut(map.square.y, map.square.height, row, map.rows, picture.height);
  const int bottom = cut(map.square.y, map.square.height, row + 1, map.rows, picture.height);
  return {left, top, right - left, bottom - top};
}

Picture without(const Picture& picture, const Evidence& map, std::span<const std::size_t> places) {
  std::uint8_t colour[3];
  usual_colour(picture, colour);
  Picture spoilt = picture;
  for (const std::size_t place : places) {
    const Box box = pixels_of(map, place, picture);
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) {
        const std::size_t at = 3 * (std::size_t(y) * std::size_t(picture.width) + std::size_t(x));
        std::copy_n(colour, 3, &spoilt.rgb[at]);
      }
    }
  }
  return spoilt;
}

double margin(const Cell& cell, std::size_t class_index) {
  const auto map = evidence_for(cell.evidence, class_index, cell.probabilities.size());
  return std::accumulate(map.begin(), map.end(), 0.0) / static_cast<double>(map.size());
}

bool inside(const Box& box, const Box& part) {
  const int x = part.x + part.width / 2, y = part.y + part.height / 2;
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

// The marked places first, the highest before the others; all that lie inside the cell's box.
Places ranked(const Cell& cell, const Picture& picture) {
  const auto map = evidence_for(cell.evidence, cell.class_index, cell.probabilities.size());
  Places places;
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (inside(cell.box, pixels_of(cell.evidence, i, picture))) places.push_back(i);
  }
  std::ranges::stable_sort(places, std::greater(), [&](std::size_t i) { return map[i]; });
  return places;
}

struct Losses {
  double marked = 0, elsewhere = 0;
};

// Nothing if the cell is too small for two such areas.
std::optional<Losses> losses(Engine& engine, const Picture& picture, const Cell& cell,
                             SeededRandom& random) {
  Places places = ranked(cell, picture);
  const auto all = cell.evidence.columns * cell.evidence.rows;
  const auto taken = static_cast<std::size_t>(std::lround(kArea * all));
  if (places.size() < 2 * taken) return std::nullopt;
  const double before = margin(cell, cell.class_index);
  const auto loss = [&](std::span<const std::size_t> gone) {
    const auto after = engine.read(without(picture, cell.evidence, gone), cell.box);
    if (!after) throw Fault(error_message(after.error()));
    return before - margin(*after, cell.class_index);
  };
  Losses both;
  both.marked = loss(std::span(places).first(taken));
  const std::span<std::size_t> rest = std::span(places).subspan(taken);
  for (int draw = 0; draw < kDraws; ++draw) {
    for (std::size_t i = 0; i < taken; ++i)
      std::swap(rest[i], rest[i + random.below(rest.size() - i)]);
    both.elsewhere += loss(rest.first(taken)) / kDraws;
  }
  return both;
}

std::optional<Cell> cell_of(Engine& engine, const Picture& picture, const Sample& sample) {
  if (sample.box) {
    auto cell = engine.read(picture, *sample.box);
    if (!cell) throw Fault(error_message(cell.error()));
    return std::move(*cell);
  }
  auto reading = engine.read(picture);
  if (!reading) throw Fault(error_message(reading.error()));
  if (reading->cells.empty()) return std::nullopt;
  return std::move(reading->cells.front());
}

}  // namespace

DeletionCard deletion_card(const std::vector<Sample>& samples, const NetFiles& files) {
  std::vector<Engine> engines = create_engines(files, 1);
  SeededRandom random(1);
  DeletionCard card;
  card.area = kArea;
  std::uint64_t more = 0;
  for (const Sample& sample : samples) {
    const Picture picture = read_picture(sample.path);
    const auto cell = cell_of(engines[0], picture, sample);
    if (!cell || cell->evidence.values.empty()) continue;
    const auto both = losses(engines[0], picture, *cell, random);
    if (!both) continue;
    ++card.cells;
    card.marked += both->marked;
    card.elsewhere += both->elsewhere;
    more += both->marked > both->elsewhere ? 1 : 0;
  }
  if (card.cells == 0) throw Fault("the deletion test found no cell");
  const double n = static_cast<double>(card.cells);
  card.marked /= n;
  card.elsewhere /= n;
  card.marked_loses_more = {static_cast<double>(more) / n, clopper_pearson(more, card.cells)};
  return card;
}

std::string deletion_markdown(const DeletionCard& card) {
  return "## What the evidence marks, taken away\n\n" + card.title + ", " +
         std::to_string(card.cells) + " cells: the " + percent(card.area) +
         " of the square that the evidence for the answer marks most is painted over with the "
         "picture's usual colour; the class loses " +
         fixed(card.marked, 2) +
         " logits against the others. As much of the cell elsewhere, "
         "painted over likewise (" +
         std::to_string(kDraws) + " draws): " + fixed(card.elsewhere, 2) +
         " logits. What is marked weighs more in " +
         percent(card.marked_loses_more.share, card.marked_loses_more.interval) +
         " of the cells.\n\n";
}

void write_deletion(JsonWriter& json, const DeletionCard& card) {
  json.begin_object().key("set").text(card.name);
  json.key("cells").integer(static_cast<std::int64_t>(card.cells));
  json.key("area").number(card.area).key("marked").number(card.marked);
  json.key("elsewhere").number(card.elsewhere);
  write_estimate(json, "marked_loses_more", card.marked_loses_more);
  json.end_object();
}

}  // namespace leukolens::tool
