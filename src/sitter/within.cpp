#include "sitter/within.h"

#include "base/exact.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace limner {
namespace {

// The part asked for. A prior's values beyond the attribute's range are moved to its ends, so whoever asks for an end
// asks for everything beyond it.
struct Part {
    double low, high;  // the attribute's range
    double from, to;   // what is asked for

    double left() const { return from <= low ? -std::numeric_limits<double>::infinity() : from; }
    double right() const { return to >= high ? std::numeric_limits<double>::infinity() : to; }
    bool has(double x) const { return x >= from && x <= to; }
};

double share(const Prior& prior, std::span<const Value> earlier, const Part& part) {
    switch (prior.kind) {
        case Prior::Kind::constant:
            return part.has(std::clamp(prior.numbers[0].given(earlier), part.low, part.high)) ? 1 : 0;
        case Prior::Kind::uniform: {
            const double a = prior.numbers[0].given(earlier), b = prior.numbers[1].given(earlier);
            if (!(b > a)) return part.has(std::clamp(a, part.low, part.high)) ? 1 : 0;
            return std::max(0.0, std::min(b, part.right()) - std::max(a, part.left())) / (b - a);
        }
        case Prior::Kind::normal: {
            const double mean = prior.numbers[0].given(earlier), sd = prior.numbers[1].given(earlier);
            if (!(sd > 0)) return part.has(std::clamp(mean, part.low, part.high)) ? 1 : 0;
            const auto below = [&](double x) { return normal_cdf((x - mean) / sd); };
            const double whole = below(part.high) - below(part.low);
            return whole > 1e-12 ? std::max(0.0, below(part.to) - below(part.from)) / whole : 0;
        }
        case Prior::Kind::mixture: {
            double sum = 0, total = 0;
            for (std::size_t i = 0; i < prior.parts.size(); ++i) {
                const double weight = std::max(0.0, prior.numbers[i].given(earlier));
                total += weight;
                if (weight > 0) sum += weight * share(prior.parts[i], earlier, part);
            }
            return total > 0 ? sum / total : 0;
        }
        case Prior::Kind::chance: {
            const double p = std::clamp(prior.numbers[0].given(earlier), 0.0, 1.0);
            return p * share(prior.parts[0], earlier, part) + (1 - p) * share(prior.parts[1], earlier, part);
        }
        case Prior::Kind::weights: break;
    }
    return 0;
}

// Only where share() is above 0.
double quantile(const Prior& prior, double u, std::span<const Value> earlier, const Part& part) {
    switch (prior.kind) {
        case Prior::Kind::constant: return std::clamp(prior.numbers[0].given(earlier), part.low, part.high);
        case Prior::Kind::uniform: {
            const double a = prior.numbers[0].given(earlier), b = prior.numbers[1].given(earlier);
            const double from = std::max(a, part.left()), to = std::min(b, part.right());
            return std::clamp(from + u * (to - from), part.from, part.to);
        }
        case Prior::Kind::normal:
            return truncated_normal_quantile(u, prior.numbers[0].given(earlier),
                                             prior.numbers[1].given(earlier), part.from, part.to);
        case Prior::Kind::mixture:
        case Prior::Kind::chance: {
            std::vector<double> weights;
            double total = 0;
            for (std::size_t i = 0; i < prior.parts.size(); ++i) {
                double weight = 0;
                if (prior.kind == Prior::Kind::mixture) {
                    weight = std::max(0.0, prior.numbers[i].given(earlier));
                } else {
                    const double p = std::clamp(prior.numbers[0].given(earlier), 0.0, 1.0);
                    weight = i == 0 ? p : 1 - p;
                }
                if (weight > 0) weight *= share(prior.parts[i], earlier, part);
                weights.push_back(weight);
                total += weight;
            }
            double left = u * total;
            std::size_t last = 0;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                if (weights[i] <= 0) continue;
                last = i;
                if (left < weights[i])
                    return quantile(prior.parts[i], std::min(left / weights[i], 1 - 0x1p-53), earlier, part);
                left -= weights[i];
            }
            return quantile(prior.parts[last], 1 - 0x1p-53, earlier, part);
        }
        case Prior::Kind::weights: break;
    }
    return part.from;
}

}  // namespace

double share_within(const Prior& prior, std::span<const Value> earlier, const Attribute& attribute,
                    double from, double to) {
    return share(prior, earlier, {attribute.min, attribute.max, from, to});
}

double quantile_within(const Prior& prior, double u, std::span<const Value> earlier,
                       const Attribute& attribute, double from, double to) {
    const Part part{attribute.min, attribute.max, from, to};
    if (share(prior, earlier, part) <= 0) return from + u * (to - from);
    return std::clamp(quantile(prior, u, earlier, part), from, to);
}

double share_of(const Prior& prior, std::span<const Value> earlier, std::span<const int> allowed) {
    double sum = 0, total = 0;
    for (std::size_t i = 0; i < prior.numbers.size(); ++i) {
        const double weight = std::max(0.0, prior.numbers[i].given(earlier));
        total += weight;
        if (std::ranges::find(allowed, static_cast<int>(i)) != allowed.end()) sum += weight;
    }
    return total > 0 ? sum / total : 0;
}

int pick_of(const Prior& prior, double u, std::span<const Value> earlier, std::span<const int> allowed) {
    double total = 0;
    for (const int i : allowed)
        total += std::max(0.0, prior.numbers[static_cast<std::size_t>(i)].given(earlier));
    if (total <= 0) return allowed[static_cast<std::size_t>(u * static_cast<double>(allowed.size()))];
    double left = u * total;
    int last = allowed.front();
    for (const int i : allowed) {
        const double weight = std::max(0.0, prior.numbers[static_cast<std::size_t>(i)].given(earlier));
        if (weight <= 0) continue;
        last = i;
        if (left < weight) return i;
        left -= weight;
    }
    return last;
}

}  // namespace limner
