// From the bob downwards, straight and wavy, worn loose.
#include "style.h"

namespace limner::sitters {

namespace {
using Part = Style::Part;

const Style table[] = {
    {.id = "bob", .count = 31000, .points = 15, .top = 0.27F, .side = 0.20F, .back = 0.19F, .cut = -0.092F,
     .cut_slope = 0.10F, .part = Part::wish, .across = 1.0F, .down = 0.4F, .forward = -0.12F, .low_back = 0.08F,
     .lift = 0.22F, .gravity = 0.9F, .stiff = 0.6F, .release = 0.9F, .layer = 0.010F, .locks = 700, .clump = 0.5F,
     .lock_noise = 0.08F},
    {.id = "bob_fringe", .count = 31000, .points = 15, .top = 0.27F, .fringe = 0.12F, .side = 0.20F, .back = 0.19F,
     .vary = 0.05F, .cut = -0.085F, .cut_soft = 0.004F, .cut_slope = 0.06F, .fringe_cut = 0.021F, .fringe_deep = 26,
     .fringe_wide = 46, .part = Part::centre, .across = 1.0F, .down = 0.4F, .forward = -0.05F, .low_back = 0.02F,
     .lift = 0.2F, .gravity = 0.9F, .stiff = 0.6F, .release = 0.9F, .layer = 0.010F, .locks = 800, .clump = 0.45F,
     .lock_noise = 0.05F, .hair_noise = 0.04F, .frizz = 0.0008F},
    {.id = "bob_wavy", .count = 26000, .points = 17, .top = 0.28F, .side = 0.21F, .back = 0.2F, .vary = 0.12F, .cut
     = -0.090F, .cut_soft = 0.014F, .part = Part::wish, .across = 1.0F, .down = 0.4F, .forward = -0.1F, .low_back =
     0.05F, .lift = 0.3F, .gravity = 0.75F, .stiff = 0.62F, .release = 0.9F, .layer = 0.013F, .locks = 260, .clump =
     0.86F, .clump_power = 0.8F, .lock_noise = 0.1F, .curl = 0.0075F, .curl_turns = 12, .curl_jitter = 0.16F,
     .curl_spread = 0.3F},
    {.id = "lob", .count = 31000, .points = 15, .top = 0.31F, .side = 0.25F, .back = 0.24F, .cut = -0.150F,
     .cut_slope = 0.18F, .part = Part::wish, .across = 1.0F, .down = 0.4F, .forward = -0.12F, .low_back = 0.05F,
     .lift = 0.22F, .gravity = 0.9F, .stiff = 0.6F, .release = 0.9F, .layer = 0.010F, .locks = 600, .clump = 0.55F,
     .lock_noise = 0.08F},
    {.id = "lob_wavy", .count = 25000, .points = 18, .top = 0.32F, .side = 0.26F, .back = 0.25F, .vary = 0.12F, .cut
     = -0.150F, .cut_soft = 0.016F, .cut_slope = 0.1F, .part = Part::wish, .across = 1.0F, .down = 0.4F, .forward =
     -0.1F, .low_back = 0.05F, .lift = 0.28F, .gravity = 0.8F, .stiff = 0.6F, .release = 0.9F, .layer = 0.012F,
     .locks = 240, .clump = 0.86F, .clump_power = 0.8F, .lock_noise = 0.1F, .curl = 0.0075F, .curl_turns = 10,
     .curl_jitter = 0.16F, .curl_spread = 0.3F},
    {.id = "medium_layers", .count = 29000, .points = 16, .top = 0.20F, .fringe = 0.17F, .side = 0.24F, .back =
     0.24F, .vary = 0.26F, .cut = -0.165F, .cut_soft = 0.02F, .trim = 0.6F, .part = Part::wish, .across = 1.0F,
     .down = 0.2F, .forward = 0.05F, .lift = 0.32F, .gravity = 0.7F, .stiff = 0.66F, .release = 0.8F, .layer =
     0.013F, .locks = 420, .clump = 0.72F, .lock_noise = 0.16F, .curl = 0.003F, .curl_turns = 8, .curl_from = 0.5F},
    {.id = "medium_wavy", .count = 25000, .points = 18, .top = 0.27F, .side = 0.26F, .back = 0.26F, .vary = 0.14F,
     .cut = -0.180F, .cut_soft = 0.02F, .part = Part::wish, .across = 1.0F, .down = 0.35F, .forward = -0.05F, .lift
     = 0.32F, .gravity = 0.7F, .stiff = 0.62F, .release = 0.85F, .layer = 0.014F, .locks = 240, .clump = 0.86F,
     .clump_power = 0.75F, .lock_noise = 0.1F, .curl = 0.009F, .curl_turns = 11, .curl_jitter = 0.16F, .curl_spread
     = 0.3F},
    {.id = "medium_fringe", .count = 30000, .points = 15, .top = 0.30F, .fringe = 0.12F, .side = 0.26F, .back =
     0.26F, .cut = -0.170F, .cut_soft = 0.015F, .fringe_cut = 0.021F, .fringe_deep = 24, .fringe_sweep = 0.15F,
     .part = Part::centre, .across = 1.0F, .down = 0.4F, .forward = -0.08F, .low_back = 0.05F, .lift = 0.24F,
     .gravity = 0.85F, .stiff = 0.6F, .release = 0.9F, .layer = 0.011F, .locks = 560, .clump = 0.6F, .lock_noise =
     0.1F},
    {.id = "long_straight", .count = 29000, .points = 16, .top = 0.42F, .side = 0.38F, .back = 0.38F, .vary = 0.06F,
     .part = Part::wish, .across = 1.0F, .down = 0.45F, .forward = -0.15F, .low_back = 0.12F, .lift = 0.17F,
     .gravity = 1.0F, .stiff = 0.58F, .release = 0.92F, .layer = 0.007F, .locks = 600, .clump = 0.55F, .lock_noise =
     0.05F, .hair_noise = 0.035F, .frizz = 0.0009F},
    {.id = "long_centre", .count = 29000, .points = 16, .top = 0.42F, .side = 0.38F, .back = 0.38F, .vary = 0.08F,
     .part = Part::centre, .across = 1.0F, .down = 0.4F, .forward = 0.02F, .low_back = 0.02F, .lift = 0.2F, .gravity
     = 1.0F, .stiff = 0.6F, .release = 0.9F, .layer = 0.008F, .locks = 520, .clump = 0.62F, .lock_noise = 0.07F},
    {.id = "long_side", .count = 28000, .points = 16, .top = 0.42F, .side = 0.38F, .back = 0.38F, .vary = 0.08F,
     .part = Part::side, .across = 1.0F, .down = 0.35F, .forward = 0.05F, .low_back = 0.1F, .lift = 0.32F, .gravity
     = 0.85F, .stiff = 0.64F, .release = 0.9F, .layer = 0.011F, .locks = 460, .clump = 0.66F, .lock_noise = 0.09F,
     .curl = 0.004F, .curl_turns = 5, .curl_from = 0.4F},
    {.id = "long_fringe", .count = 29000, .points = 16, .top = 0.42F, .fringe = 0.12F, .side = 0.38F, .back = 0.38F,
     .vary = 0.07F, .fringe_cut = 0.021F, .fringe_deep = 25, .fringe_wide = 44, .part = Part::centre, .across =
     1.0F, .down = 0.4F, .forward = -0.08F, .low_back = 0.08F, .lift = 0.19F, .gravity = 1.0F, .stiff = 0.58F,
     .release = 0.92F, .layer = 0.009F, .locks = 600, .clump = 0.55F, .lock_noise = 0.06F},
    {.id = "long_wavy", .count = 25000, .points = 19, .top = 0.42F, .side = 0.38F, .back = 0.38F, .part =
     Part::wish, .across = 1.0F, .down = 0.35F, .forward = -0.1F, .low_back = 0.1F, .lift = 0.3F, .gravity = 0.8F,
     .stiff = 0.62F, .release = 0.9F, .layer = 0.013F, .locks = 220, .clump = 0.86F, .clump_power = 0.8F,
     .lock_noise = 0.1F, .curl = 0.0095F, .curl_turns = 8, .curl_jitter = 0.16F, .curl_spread = 0.3F},
    {.id = "long_beach", .count = 24000, .points = 20, .top = 0.40F, .side = 0.37F, .back = 0.37F, .vary = 0.14F,
     .part = Part::centre, .across = 1.0F, .down = 0.3F, .forward = 0.0F, .low_back = 0.05F, .lift = 0.3F, .gravity
     = 0.75F, .stiff = 0.62F, .release = 0.9F, .layer = 0.014F, .locks = 420, .clump = 0.82F, .clump_power = 0.6F,
     .lock_noise = 0.2F, .hair_noise = 0.1F, .curl = 0.006F, .curl_turns = 11, .curl_jitter = 0.3F, .curl_spread =
     0.7F, .curl_from = 0.3F, .frizz = 0.003F},
    {.id = "long_layers", .count = 28000, .points = 16, .top = 0.25F, .fringe = 0.19F, .side = 0.36F, .back = 0.38F,
     .vary = 0.22F, .trim = 0.5F, .part = Part::wish, .across = 1.0F, .down = 0.2F, .forward = 0.08F, .low_back =
     0.1F, .lift = 0.36F, .gravity = 0.75F, .stiff = 0.66F, .release = 0.85F, .layer = 0.014F, .locks = 360, .clump
     = 0.74F, .lock_noise = 0.13F, .curl = 0.006F, .curl_turns = 6, .curl_from = 0.45F},
    {.id = "long_swept_back", .count = 28000, .points = 16, .top = 0.40F, .side = 0.36F, .back = 0.36F, .forward =
     -1.0F, .low_back = 1.3F, .low = 0.8F, .lift = 0.3F, .gravity = 0.5F, .stiff = 0.66F, .follow = 0.8F, .release =
     0.85F, .front_lift = 0.12F, .layer = 0.012F, .hug = 0.4F, .locks = 420, .clump = 0.68F, .lock_noise = 0.1F,
     .curl = 0.003F, .curl_turns = 6},
};
}  // namespace

std::span<const Style> long_styles() { return table; }

}  // namespace limner::sitters
