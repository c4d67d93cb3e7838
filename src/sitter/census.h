// Who is painted when nobody asks for anybody in particular: counts over random recipes, and whether they are balanced.
#pragma once
#include <string>

namespace limner {

// A table over `count` recipes with the seeds "census/0", "census/1" …: ten Monk skin tones, gender presentation, ages
// by decade, and the shares that show the priors are sane (beards, glasses, grey hair …). `balanced` says whether each
// tone is 7 to 13 %, presentation 45 to 55 % on either side, and no tenth of the ages 18 to 90 below 7 or above 13 %.
std::string census_report(int count, bool& balanced);

}  // namespace limner
