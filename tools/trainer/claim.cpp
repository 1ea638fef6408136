#include "tools/trainer/claim.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace leukolens::trainer {

Claim::Claim(const std::filesystem::path& file, Wait wait)
    : handle_(open(file.c_str(), O_CREAT | O_RDWR, 0644)) {
  held_ = handle_ >= 0 && flock(handle_, LOCK_EX | (wait == Wait::kYes ? 0 : LOCK_NB)) == 0;
}

Claim::~Claim() {
  if (handle_ >= 0) close(handle_);
}

}  // namespace leukolens::trainer
