#include "platform/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <deque>
#include <mutex>

namespace insighta::metrics {

namespace {

struct CounterOf final : Counter {
  explicit CounterOf(prometheus::Counter& c) : counter(c) {}
  void add(double amount) override { counter.Increment(amount); }
  prometheus::Counter& counter;
};

struct GaugeOf final : Gauge {
  explicit GaugeOf(prometheus::Gauge& g) : gauge(g) {}
  void add(double amount) override { gauge.Increment(amount); }
  void set(double value) override { gauge.Set(value); }
  prometheus::Gauge& gauge;
};

struct HistogramOf final : Histogram {
  explicit HistogramOf(prometheus::Histogram& h) : histogram(h) {}
  void observe(double value) override { histogram.Observe(value); }
  prometheus::Histogram& histogram;
};

std::map<std::string, std::string> as_map(Labels const& labels) {
  return {labels.begin(), labels.end()};
}

}  // namespace

struct Registry::State {
  prometheus::Registry registry;
  std::mutex mutex;
  std::deque<CounterOf> counters;
  std::deque<GaugeOf> gauges;
  std::deque<HistogramOf> histograms;
};

Registry::Registry() : state_(std::make_unique<State>()) {}
Registry::~Registry() = default;

Counter& Registry::counter(std::string const& name, std::string const& help, Labels const& labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
  std::scoped_lock const lock(state_->mutex);
  return state_->counters.emplace_back(family.Add(as_map(labels)));
}

Gauge& Registry::gauge(std::string const& name, std::string const& help, Labels const& labels) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
  std::scoped_lock const lock(state_->mutex);
  return state_->gauges.emplace_back(family.Add(as_map(labels)));
}

Histogram& Registry::latency(std::string const& name, std::string const& help,
                             Labels const& labels) {
  static prometheus::Histogram::BucketBoundaries const buckets = {
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
  std::scoped_lock const lock(state_->mutex);
  return state_->histograms.emplace_back(family.Add(as_map(labels), buckets));
}

std::string Registry::expose() const {
  return prometheus::TextSerializer{}.Serialize(state_->registry.Collect());
}

}  // namespace insighta::metrics
