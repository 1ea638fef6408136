// Several processes share the runs of a recipe: each run belongs to one of them at a time.
#pragma once

#include <filesystem>

namespace leukolens::trainer {

enum class Wait { kNo, kYes };

// A file that only one process holds at a time, for as long as this lives or the process runs.
class Claim {
 public:
  Claim(const std::filesystem::path& file, Wait wait);
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  ~Claim();
  bool held() const { return held_; }

 private:
  int handle_;
  bool held_ = false;
};

}  // namespace leukolens::trainer
