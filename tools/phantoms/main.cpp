// leukolens-phantoms: draws synthetic smears with known truth.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tools/phantoms/draw.h"
#include "tools/phantoms/options.h"
#include "tools/phantoms/png.h"
#include "tools/phantoms/truth.h"

namespace phantoms = leukolens::phantoms;

namespace {

constexpr int kFailed = 1, kWrongUsage = 2;

int complain(const std::string& message, int exit_code) {
  std::cerr << "leukolens-phantoms: " << message << "\n";
  return exit_code;
}

bool write_file(const std::filesystem::path& path, const char* data, std::size_t size) {
  std::ofstream file(path, std::ios::binary);
  file.write(data, static_cast<std::streamsize>(size));
  file.close();
  return file.good();
}

// "phantom_000007.png", the number is the seed.
std::string file_name(std::uint64_t seed) {
  std::string digits = std::to_string(seed);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return "phantom_" + digits + ".png";
}

int draw_all(const phantoms::Options& options) {
  const std::filesystem::path folder = options.folder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return complain("can't make the folder " + options.folder + ": " + error.message(), kFailed);
  nlohmann::ordered_json pictures = nlohmann::ordered_json::array();
  phantoms::Settings settings = options.settings;
  for (int i = 0; i < options.count; ++i, ++settings.seed) {
    const std::optional<phantoms::Scene> scene = phantoms::lay_out(settings);
    if (!scene) {
      return complain(std::to_string(settings.white_cells) + " white cells don't fit in " +
                          std::to_string(settings.width_px) + "x" +
                          std::to_string(settings.height_px) + " pixels (seed " +
                          std::to_string(settings.seed) +
                          "); use fewer --cells, a larger --size or more --um-per-px",
                      kWrongUsage);
    }
    const std::string name = file_name(settings.seed);
    const std::vector<std::uint8_t> png =
        phantoms::to_png(phantoms::draw(settings, *scene), settings.width_px, settings.height_px);
    if (png.empty()) return complain("not enough memory for " + name, kFailed);
    if (!write_file(folder / name, reinterpret_cast<const char*>(png.data()), png.size())) {
      return complain("can't write " + (folder / name).string(), kFailed);
    }
    std::cout << (folder / name).string() << "\n";
    if (!options.truth_file.empty()) pictures.push_back(truth(settings, *scene, name));
  }
  if (options.truth_file.empty()) return 0;
  std::string text = "{\"pictures\": [";  // a line a picture
  for (const auto& picture : pictures) {
    text += (&picture == &pictures.front() ? "\n" : ",\n") + picture.dump();
  }
  text += "\n]}\n";
  if (!write_file(options.truth_file, text.data(), text.size())) {
    return complain("can't write " + options.truth_file, kFailed);
  }
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  const auto parsed = phantoms::parse_options(arguments);
  if (const auto* error = std::get_if<phantoms::UsageError>(&parsed)) {
    return complain(error->message, kWrongUsage);
  }
  const auto& options = std::get<phantoms::Options>(parsed);
  if (options.help) {
    std::cout << phantoms::help_text();
    return 0;
  }
  return draw_all(options);
}
