// Priors cut down to what somebody asked for: the share of a prior that lies in a part of its range, and its quantile
// there. Drawing from the whole prior until it fits would give the same people, only later.
#pragma once
#include "sitter/prior.h"

#include <span>

namespace limner {

// Of a number: [from, to] within the attribute's [min, max].
double share_within(const Prior& prior, std::span<const Value> earlier, const Attribute& attribute,
                    double from, double to);
// One uniform number in, one value of [from, to] out. Where the prior leaves nothing there, every value is as likely.
double quantile_within(const Prior& prior, double u, std::span<const Value> earlier,
                       const Attribute& attribute, double from, double to);

// Of a choice: `allowed` are indices of options.
double share_of(const Prior& prior, std::span<const Value> earlier, std::span<const int> allowed);
int pick_of(const Prior& prior, double u, std::span<const Value> earlier, std::span<const int> allowed);

}  // namespace limner
