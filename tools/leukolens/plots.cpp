#include "tools/leukolens/plots.h"

#include <algorithm>
#include <cmath>

#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr double kPanel = 200, kGap = 76, kLeft = 48, kTop = 74, kBottom = 48;
constexpr double kHead = 28;             // of a panel's heading above it
constexpr double kLowestAccuracy = 0.5;  // of the coverage panel, unless something lies below

constexpr const char* kStyle =
    "<style>text{font:12px system-ui,sans-serif;fill:#1f2933}.small{font-size:10px}"
    ".title{font-weight:600;font-size:15px}.head{font-weight:600}.axis{stroke:#7b8794;fill:none}"
    ".grid{stroke:#cbd2d9;fill:none}.ideal{stroke:#7b8794;stroke-dasharray:4 4;fill:none}"
    ".bar{fill:#7c3aed;fill-opacity:.75}.line{stroke:#7c3aed;stroke-width:2;fill:none}"
    ".dot{fill:#7c3aed}.cell{fill:#7c3aed}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e7eb}.grid{stroke:#3e4c59}"
    ".bar,.dot,.cell{fill:#a78bfa}.line{stroke:#a78bfa}}</style>";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string number(double value) { return fixed(value, 1); }

std::string label(double x, double y, const char* anchor, const std::string& text,
                  const char* kind = "small") {
  return "<text class=\"" + std::string(kind) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" text-anchor=\"" + anchor + "\">" + escaped(text) + "</text>";
}

std::string line(double x1, double y1, double x2, double y2, const char* kind) {
  return "<path class=\"" + std::string(kind) + "\" d=\"M" + number(x1) + ' ' + number(y1) + 'L' +
         number(x2) + ' ' + number(y2) + "\"/>";
}

// A square panel whose axes run over [from, 1] to the right and [low, 1] upwards.
struct Axes {
  double left, from, low;

  double x(double value) const { return left + kPanel * (value - from) / (1 - from); }
  double y(double value) const { return kTop + kPanel * (1 - value) / (1 - low); }
};

std::string frame(const Axes& axes, const char* head, const char* across, const char* up) {
  constexpr int kTicks = 5;
  std::string text = label(axes.left, kTop - kHead, "start", head, "head");
  for (int i = 0; i <= kTicks; ++i) {
    const double part = i / static_cast<double>(kTicks);
    const double x = axes.from + part * (1 - axes.from), y = axes.low + part * (1 - axes.low);
    text += line(axes.x(axes.from), axes.y(y), axes.x(1), axes.y(y), "grid");
    text += label(axes.left - 6, axes.y(y) + 4, "end", fixed(100 * y, 0));
    text += label(axes.x(x), kTop + kPanel + 15, "middle", fixed(100 * x, 0));
  }
  text += line(axes.left, kTop, axes.left, kTop + kPanel, "axis");
  text += line(axes.left, kTop + kPanel, axes.left + kPanel, kTop + kPanel, "axis");
  text += label(axes.left + kPanel / 2, kTop + kPanel + 33, "middle", across);
  return text + label(axes.left - 34, kTop - 12, "start", up);
}

std::string reliability_panel(double left, const Figures& figures) {
  const Axes axes{left, 0, 0};
  std::string text = frame(axes, "Reliability", "probability said, %", "right, %");
  for (const ReliabilityBin& bin : figures.reliability) {
    if (bin.answers == 0) continue;
    text += "<rect class=\"bar\" x=\"" + number(axes.x(bin.from) + 0.5) + "\" y=\"" +
            number(axes.y(bin.accuracy)) + "\" width=\"" +
            number(axes.x(bin.to) - axes.x(bin.from) - 1) + "\" height=\"" +
            number(axes.y(0) - axes.y(bin.accuracy)) + "\"><title>" + std::to_string(bin.answers) +
            " answers, said " + fixed(100 * bin.confidence, 1) + " %, right " +
            fixed(100 * bin.accuracy, 1) + " %</title></rect>";
  }
  return text + line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), "ideal");
}

std::string coverage_panel(double left, const Figures& figures) {
  double low = kLowestAccuracy, from = 1;
  for (const CoveragePoint& point : figures.coverage) {
    low = std::min(low, std::floor(point.accuracy * 5) / 5);
    from = std::min(from, point.coverage);
  }
  const Axes axes{left, from, low};
  std::string text =
      frame(axes, "Accuracy against coverage", "answered, surest first, %", "right, %");
  std::string path;
  for (const CoveragePoint& point : figures.coverage) {
    const std::string at = number(axes.x(point.coverage)) + ' ' + number(axes.y(point.accuracy));
    path += (path.empty() ? "M" : "L") + at;
    text += "<circle class=\"dot\" r=\"3\" cx=\"" + number(axes.x(point.coverage)) + "\" cy=\"" +
            number(axes.y(point.accuracy)) + "\"><title>" + fixed(100 * point.coverage, 0) +
            " % answered: " + fixed(100 * point.accuracy, 1) + " % right</title></circle>";
  }
  return text + "<path class=\"line\" d=\"" + path + "\"/>";
}

std::string confusion_panel(double left, const Figures& figures,
                            std::span<const std::string> labels) {
  const double side = kPanel / static_cast<double>(labels.size());
  std::string text = label(left, kTop - kHead, "start", "True class and answer", "head");
  for (std::size_t truth = 0; truth < labels.size(); ++truth) {
    const double y = kTop + side * static_cast<double>(truth);
    const double all = static_cast<double>(figures.confusion.recall(truth).n);
    text += label(left - 6, y + side / 2 + 4, "end", labels[truth]);
    for (std::size_t answer = 0; answer < labels.size(); ++answer) {
      const auto count = figures.confusion.at(truth, answer);
      const double x = left + side * static_cast<double>(answer);
      const double share = all > 0 ? static_cast<double>(count) / all : 0;
      text += "<rect class=\"cell\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
              number(side - 1) + "\" height=\"" + number(side - 1) + "\" fill-opacity=\"" +
              fixed(0.05 + 0.75 * share, 2) + "\"/>" +
              label(x + side / 2, y + side / 2 + 4, "middle", std::to_string(count));
    }
  }
  for (std::size_t answer = 0; answer < labels.size(); ++answer) {
    const double x = left + side * (static_cast<double>(answer) + 0.5);
    text += label(x, kTop + kPanel + 15, "middle", labels[answer].substr(0, 4) + ".");
  }
  return text + label(left + kPanel / 2, kTop + kPanel + 33, "middle", "answer");
}

}  // namespace

std::string figures_svg(const std::string& title, const Figures& figures,
                        std::span<const std::string> labels) {
  const double second = kLeft + kPanel + kGap, third = second + kPanel + kGap + 40;
  const std::string width = fixed(third + kPanel + 16, 0),
                    height = fixed(kTop + kPanel + kBottom, 0);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + width + ' ' +
         height + "\" width=\"" + width + "\" height=\"" + height + "\"><title>" + escaped(title) +
         "</title>" + kStyle + label(14, 22, "start", title, "title") +
         reliability_panel(kLeft, figures) + coverage_panel(second, figures) +
         confusion_panel(third, figures, labels) + "</svg>\n";
}

}  // namespace leukolens::tool
