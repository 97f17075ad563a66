#include "platform/clock/development_clock.hpp"

#ifdef INSIGHTA_DEVELOPMENT

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace insighta {

DevelopmentClock::DevelopmentClock(std::filesystem::path const& file) {
  auto const check = [&](bool good) {
    if (!good) throw std::system_error(errno, std::generic_category(), file.string());
  };
  int const fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  check(fd >= 0);
  bool const sized = ::ftruncate(fd, sizeof(*frozen_at_us_)) == 0;
  void* const memory =
      sized ? ::mmap(nullptr, sizeof(*frozen_at_us_), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
            : MAP_FAILED;
  int const error = errno;
  ::close(fd);
  errno = error;
  check(memory != MAP_FAILED);
  frozen_at_us_ = static_cast<std::atomic<std::int64_t>*>(memory);
}

DevelopmentClock::~DevelopmentClock() {
  ::munmap(frozen_at_us_, sizeof(*frozen_at_us_));
}

Instant DevelopmentClock::now() const {
  auto const us = frozen_at_us_->load(std::memory_order_relaxed);
  return us == 0 ? SystemClock{}.now() : Instant{std::chrono::microseconds{us}};
}

void DevelopmentClock::freeze_at(Instant instant) {
  frozen_at_us_->store(instant.time_since_epoch().count(), std::memory_order_relaxed);
}

void DevelopmentClock::follow_system() {
  frozen_at_us_->store(0, std::memory_order_relaxed);
}

}  // namespace insighta

#endif
