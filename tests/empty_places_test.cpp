// Places of a field without a white cell, drawn by the file's name.
#include "tools/leukolens/empty_places.h"

#include <string>

#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

std::string object(const std::string& name, const Box& box) {
  return "<object><name>" + name + "</name><bndbox><xmin>" + std::to_string(box.x) +
         "</xmin><ymin>" + std::to_string(box.y) + "</ymin><xmax>" +
         std::to_string(box.x + box.width) + "</xmax><ymax>" + std::to_string(box.y + box.height) +
         "</ymax></bndbox></object>";
}

std::optional<Box> place(const TemporaryFolder& folder, const std::string& objects,
                         const std::string& name = "field.xml") {
  return empty_place({640, 480}, folder.write(name, "<annotation>" + objects + "</annotation>"));
}

}  // namespace

TEST_CASE("an empty place is as wide as the largest white cell and touches none") {
  const TemporaryFolder folder;
  const Box first{20, 20, 200, 150}, second{400, 200, 180, 210};
  for (int i = 0; i < 20; ++i) {
    const auto found = place(folder, object("WBC", first) + object("WBC", second),
                             "field" + std::to_string(i) + ".xml");
    REQUIRE(found);
    CHECK(found->width == 210);
    CHECK(found->height == 210);
    CHECK(found->x >= 0);
    CHECK(found->y >= 0);
    CHECK(found->x + found->width <= 640);
    CHECK(found->y + found->height <= 480);
    for (const Box& white : {first, second}) {
      CHECK((found->x >= white.x + white.width || white.x >= found->x + found->width ||
             found->y >= white.y + white.height || white.y >= found->y + found->height));
    }
  }
}

TEST_CASE("red cells neither set an empty place's size nor bar it") {
  const TemporaryFolder folder;
  const auto found = place(folder, object("RBC", {0, 0, 640, 480}));
  REQUIRE(found);
  CHECK_MESSAGE(found->width == 160, "a third of the field's height");
}

TEST_CASE("a file's empty place is the same every time and in every folder, another file's not") {
  const TemporaryFolder folder;
  const auto first = place(folder, ""), again = place(folder, "", "sub/field.xml"),
             other = place(folder, "", "other.xml");
  REQUIRE((first && again && other));
  CHECK((first->x == again->x && first->y == again->y));
  CHECK((first->x != other->x || first->y != other->y));
}

TEST_CASE("white cells that leave no room have no empty place; boxes that don't read are a fault") {
  const TemporaryFolder folder;
  CHECK(!place(folder, object("WBC", {150, 100, 340, 280})));
  CHECK(!place(folder, object("WBC", {0, 0, 500, 100})));
  CHECK_THROWS_AS(empty_place({640, 480}, folder.path("missing.xml")), Fault);
}
