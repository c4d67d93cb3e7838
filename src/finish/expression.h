// The arithmetic a style's numbers may use: numbers, parameter names, + - * / and parentheses.
#pragma once
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace limner::finish {

using Values = std::map<std::string, float, std::less<>>;

// The error's sentence says what is wrong but not where: the caller knows the place.
Result<float> evaluate(std::string_view expression, const Values& parameters);

}  // namespace limner::finish
