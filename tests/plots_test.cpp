// The plots of a card: that marks lie where the figures say.
#include "tools/leukolens/plots.h"

#include <string>
#include <string_view>
#include <vector>

#include "doctest.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

const std::vector<std::string> kLabels{"monocyte", "basophil"};

// Four monocytes, one of them called basophil, and a basophil that is right.
std::string plotted(const std::string& title = "Four & one") {
  const std::vector<Outcome> outcomes{
      {0, 0, 0.95}, {0, 0, 0.95}, {0, 0, 0.95}, {0, 1, 0.95}, {1, 1, 0.55}};
  return figures_svg(title, exact_figures(outcomes, 2), kLabels);
}

std::size_t times(const std::string& text, std::string_view words) {
  std::size_t n = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a plot is one picture, named, and its title is written safely") {
  const std::string svg = plotted("a < \"b\" & c");
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(times(svg, "<title>a &lt; &quot;b&quot; &amp; c</title>") == 1);
  CHECK(times(svg, "a < ") == 0);
}

TEST_CASE("the reliability plot has a bar as high as the bin is right, none for an empty bin") {
  const std::string svg = plotted();
  CHECK(times(svg, "class=\"bar\"") == 2);
  // Three of four right: the bar is three quarters of the panel's 200 high, and begins at 74 + 50.
  CHECK(times(svg,
              "y=\"124.0\" width=\"12.3\" height=\"150.0\"><title>4 answers, said 95.0 %, "
              "right 75.0 %</title>") == 1);
  CHECK(times(svg, "<title>1 answers, said 55.0 %, right 100.0 %</title>") == 1);
}

TEST_CASE("the coverage plot has a dot a point, at its accuracy") {
  const std::string svg = plotted();
  CHECK(times(svg, "class=\"dot\"") ==
        exact_figures(std::vector<Outcome>{{0, 0, 1}}, 2).coverage.size());
  CHECK(times(svg, "<title>100 % answered: 80.0 % right</title>") == 1);
}

TEST_CASE("the confusion plot counts each pair, shaded by the row's share") {
  const std::string svg = plotted();
  CHECK(times(svg, "class=\"cell\"") == 4);
  CHECK_MESSAGE(times(svg, "fill-opacity=\"0.61\"") == 1, "3 of 4: 0.05 + 0.75 * 0.75");
  CHECK_MESSAGE(times(svg, "fill-opacity=\"0.24\"") == 1, "1 of 4");
  CHECK(times(svg, "fill-opacity=\"0.80\"") == 1);
  CHECK(times(svg, ">mono.<") == 1);
}
