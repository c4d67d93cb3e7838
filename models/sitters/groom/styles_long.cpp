#include "style.h"

namespace limner::sitters {

namespace {
using Part = Style::Part;

const Style table[] = {
    {.id = "bob", .count = 30000, .points = 15, .top = 0.30F, .side = 0.24F, .back = 0.22F, .cut = -0.10F, .cut_slope = 0.12F, .part = Part::wish, .across = 1.0F, .down = 0.5F, .forward = -0.15F,
     .low_back = 0.1F, .lift = 0.22F, .gravity = 0.9F, .stiff = 0.6F, .follow = 0.7F, .release = 0.9F, .layer = 0.009F, .locks = 700, .clump = 0.55F},
    {.id = "long_wavy", .count = 30000, .points = 15, .top = 0.42F, .side = 0.36F, .back = 0.36F, .part = Part::wish, .across = 1.0F, .down = 0.4F, .forward = -0.15F,
     .low_back = 0.1F, .lift = 0.28F, .gravity = 0.8F, .stiff = 0.6F, .follow = 0.7F, .release = 0.9F, .layer = 0.010F, .locks = 450, .clump = 0.7F, .clump_power = 0.8F, .curl = 0.009F, .curl_turns = 11},
};
}  // namespace

std::span<const Style> long_styles() { return table; }

}  // namespace limner::sitters
