// A set of fields whose truth is what the finder itself finds, and then less: figures by hand.
#include "tools/leukolens/field_set.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/read_picture.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

const std::string kGolden = SOURCE_DIR "/tests/fixtures/golden/";

Field found_in(const std::string& name) {
  Result<Finder> finder = Finder::create(load_finder(""));
  REQUIRE(finder.ok());
  Result<Field> field = finder->find(read_picture(kGolden + name));
  REQUIRE(field.ok());
  return std::move(*field);
}

std::string object(const Sighting& sighting) {
  constexpr const char* kNames[] = {"WBC", "RBC", "Platelets"};
  const Box& box = sighting.box;
  return std::string("<object><name>") + kNames[static_cast<int>(sighting.kind)] + "</name><xmin>" +
         std::to_string(box.x) + "</xmin><ymin>" + std::to_string(box.y) + "</ymin><xmax>" +
         std::to_string(box.x + box.width) + "</xmax><ymax>" + std::to_string(box.y + box.height) +
         "</ymax></object>";
}

// Two drawings, each a group, with the boxes that the finder gives them; and room for more.
struct Trial {
  TemporaryFolder folder;
  ProtocolSet set;
  Protocol protocol;

  Trial() {
    set.name = "drawn";
    set.title = "Drawings";
    set.index = "d/index.csv";
    set.path_prefix = "d/";
    set.group_column = "group";
    set.boxes = "voc";
    set.where = {{"part", {"val"}}};
    protocol.resamples = 20;
    folder.write("d/index.csv",
                 "file,part,group\nimages/monocyte.png,val,a\nimages/neutrophil.png,val,b\n"
                 "images/missing.png,train,c\n");
    std::filesystem::create_directories(folder.path("d/images"));
    for (const std::string name : {"monocyte", "neutrophil"}) {
      std::filesystem::copy_file(kGolden + name + ".png", folder.path("d/images/" + name + ".png"));
      give(name);
    }
  }
  void give(const std::string& name, const std::string& more = "") {
    std::string objects;
    for (const Sighting& one : found_in(name + ".png").sightings) objects += object(one);
    folder.write("d/voc/" + name + ".xml", objects + more);
  }
  FieldCard run() {
    const auto card = read_field_set(set, protocol, {folder.path(), "", "", 1, true});
    REQUIRE(card);
    return *card;
  }
};

}  // namespace

TEST_CASE("fields in which everything given is found, and nothing else, are all right") {
  Trial trial;
  const FieldCard card = trial.run();
  CHECK(card.pictures == 2);
  REQUIRE(card.kinds.size() == 3);
  const KindFigures& white = card.kinds[0];
  CHECK(white.kind == "white_cell");
  CHECK(white.given == 2);
  CHECK(white.average_precision.share == 1);
  CHECK(white.f1.share == 1);
  CHECK(card.counted_right.share == 1);
  const double first = static_cast<double>(found_in("monocyte.png").multiply_adds),
               second = static_cast<double>(found_in("neutrophil.png").multiply_adds);
  CHECK(first > 0);
  CHECK(card.multiply_adds == doctest::Approx((first + second) / 2));
  CHECK(card.most_multiply_adds == std::max(first, second));
}

TEST_CASE("a white cell that isn't found costs recall and its field's count") {
  Trial trial;
  trial.give("monocyte", object({{0, 0, 20, 20}, 1, Kind::kWhiteCell}));
  const FieldCard card = trial.run();
  const KindFigures& white = card.kinds[0];
  CHECK(white.given == 3);
  CHECK(white.recall == doctest::Approx(2 / 3.0));
  CHECK(white.precision == 1);
  CHECK(white.average_precision.share == doctest::Approx(2 / 3.0));
  CHECK(white.f1.share == doctest::Approx(0.8));
  CHECK(card.counted_right.share == 0.5);
}

TEST_CASE("fields of a group that stands elsewhere are left out, and none left is a fault") {
  Trial trial;
  trial.folder.write("d/index.csv",
                     "file,part,group\nimages/monocyte.png,val,a\nimages/neutrophil.png,val,b\n"
                     "images/missing.png,train,a\n");
  trial.set.not_grouped_with = {{"part", {"train"}}};
  CHECK(trial.run().pictures == 1);
  trial.set.where = {{"part", {"test"}}};
  CHECK_THROWS_WITH_AS(trial.run(), "\"Drawings\" has no picture", Fault);
}
