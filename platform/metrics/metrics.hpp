#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Goes up. Any thread.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(double amount = 1) = 0;
};

/// Goes up and down. Any thread.
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void add(double amount) = 0;
  virtual void set(double value) = 0;
};

/// Counts values by bucket. Any thread.
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) = 0;
};

/// The figures of one process in Prometheus' text format. Owned by the wiring; whoever measures
/// asks once for its instruments and keeps the references, which live as long as the registry.
class Registry {
 public:
  Registry();
  ~Registry();

  Counter& counter(std::string const& name, std::string const& help, Labels const& labels = {});
  Gauge& gauge(std::string const& name, std::string const& help, Labels const& labels = {});
  /// Buckets in seconds, 0.5 ms to 10 s.
  Histogram& latency(std::string const& name, std::string const& help, Labels const& labels = {});
  /// What GET /metrics answers (text/plain; version=0.0.4).
  std::string expose() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::metrics
