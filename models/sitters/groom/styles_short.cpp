// Short styles: clippers and scissors, and what age leaves.
#include "style.h"

namespace limner::sitters {

namespace {
using Kind = Hairline::Kind;
using Part = Style::Part;
using Family = Style::Family;

const Style table[] = {
    {.id = "bald", .family = Family::none},
    {.id = "shaved", .count = 46000, .points = 4, .top = 0.0013F, .side = 0.0013F, .back = 0.0013F, .vary = 0.2F,
     .forward = 0.3F, .lift = 0.6F, .gravity = 0, .layer = 0, .hug = 0, .radial = 0.6F, .clump = 0, .hair_noise =
     0.35F, .frizz = 0.0001F, .radius = 5.0e-5F},
    {.id = "buzz", .count = 52000, .points = 4, .top = 0.0065F, .side = 0.0042F, .back = 0.0045F, .edge = 0.002F,
     .vary = 0.14F, .forward = 0.3F, .lift = 0.55F, .gravity = 0, .layer = 0, .hug = 0, .radial = 0.6F, .clump = 0,
     .lock_noise = 0.2F, .hair_noise = 0.3F, .frizz = 0.0003F, .radius = 5.5e-5F},
    {.id = "crew", .count = 40000, .points = 5, .top = 0.019F, .fringe = 0.026F, .side = 0.006F, .back = 0.007F,
     .edge = 0.0025F, .vary = 0.12F, .fringe_deep = 14, .sweep = 0.2F, .forward = 0.35F, .lift = 0.62F, .gravity =
     0, .stiff = 0.9F, .puff = 0.2F, .front_lift = 0.15F, .layer = 0.003F, .hug = 0, .radial = 0.4F, .locks = 2200,
     .clump = 0.4F, .lock_noise = 0.22F, .hair_noise = 0.18F, .frizz = 0.0006F},
    {.id = "crop", .count = 36000, .points = 7, .top = 0.036F, .side = 0.013F, .back = 0.016F, .edge = 0.004F, .vary
     = 0.18F, .sweep = 0.2F, .down = 0.1F, .forward = 0.7F, .lift = 0.42F, .gravity = 0.1F, .stiff = 0.84F, .puff =
     0.16F, .layer = 0.006F, .radial = 0.3F, .locks = 900, .clump = 0.65F, .lock_noise = 0.42F, .hair_noise =
     0.12F},
    {.id = "french_crop", .count = 36000, .points = 7, .top = 0.034F, .fringe = 0.052F, .side = 0.007F, .back =
     0.008F, .edge = 0.0025F, .vary = 0.1F, .fringe_cut = 0.040F, .fringe_deep = 20, .down = 0.1F, .forward = 1.0F,
     .lift = 0.2F, .gravity = 0.12F, .stiff = 0.75F, .layer = 0.006F, .locks = 1300, .clump = 0.6F, .lock_noise =
     0.18F, .hair_noise = 0.08F},
    {.id = "caesar", .count = 38000, .points = 6, .top = 0.022F, .fringe = 0.034F, .side = 0.013F, .back = 0.013F,
     .edge = 0.005F, .fringe_cut = 0.050F, .fringe_deep = 18, .forward = 1.0F, .lift = 0.22F, .gravity = 0.08F,
     .stiff = 0.8F, .layer = 0.004F, .radial = 0.3F, .locks = 1800, .clump = 0.5F, .lock_noise = 0.14F},
    {.id = "fade_high", .count = 42000, .points = 6, .top = 0.030F, .side = 0.0022F, .back = 0.0025F, .edge =
     0.0008F, .fade_from = -5, .fade_to = 40, .top_from = 44, .top_to = 58, .sweep = 0.3F, .forward = 0.5F, .lift =
     0.55F, .gravity = 0.05F, .stiff = 0.88F, .puff = 0.2F, .front_lift = 0.1F, .layer = 0.005F, .hug = 0, .locks =
     1300, .clump = 0.55F, .lock_noise = 0.3F, .hair_noise = 0.14F},
    {.id = "flat_top", .count = 44000, .points = 6, .top = 0.060F, .side = 0.006F, .back = 0.006F, .edge = 0.002F,
     .fade_from = -5, .fade_to = 30, .top_from = 34, .top_to = 46, .vary = 0.02F, .lift = 0.25F, .gravity = -0.5F,
     .stiff = 0.7F, .follow = 0, .release = 1, .puff = 0.1F, .rise = 1.0F, .layer = 0.002F, .hug = 0, .ceiling =
     0.019F, .locks = 3000, .clump = 0.3F, .lock_noise = 0.05F, .hair_noise = 0.06F, .frizz = 0.0008F},
    {.id = "quiff", .count = 32000, .points = 8, .top = 0.048F, .fringe = 0.078F, .side = 0.014F, .back = 0.018F,
     .edge = 0.005F, .top_from = 34, .top_to = 50, .fringe_deep = 24, .sweep = 0.35F, .forward = -0.65F, .lift =
     0.25F, .gravity = 0.05F, .stiff = 0.82F, .puff = 0.12F, .front_lift = 0.8F, .layer = 0.012F, .hug = 0.3F,
     .locks = 700, .clump = 0.62F, .lock_noise = 0.1F},
    {.id = "pompadour", .count = 32000, .points = 10, .top = 0.085F, .fringe = 0.105F, .side = 0.016F, .back =
     0.026F, .edge = 0.009F, .top_from = 32, .top_to = 48, .fringe_deep = 26, .forward = -1.0F, .lift = 0.2F,
     .gravity = 0.22F, .stiff = 0.84F, .puff = 0.05F, .front_lift = 0.8F, .layer = 0.015F, .hug = 1.0F, .locks =
     500, .clump = 0.55F, .lock_noise = 0.07F, .hair_noise = 0.04F, .frizz = 0.0008F},
    {.id = "spiky", .count = 32000, .points = 7, .top = 0.044F, .side = 0.020F, .back = 0.024F, .edge = 0.007F,
     .vary = 0.16F, .sweep = 0.1F, .forward = 0.25F, .lift = 0.82F, .gravity = 0, .stiff = 0.95F, .puff = 0.4F,
     .layer = 0.002F, .hug = 0, .locks = 380, .clump = 0.96F, .clump_power = 0.9F, .big_clump = 0, .lock_noise =
     0.45F, .hair_noise = 0.1F, .frizz = 0.0006F},
    {.id = "side_part", .count = 32000, .points = 9, .top = 0.072F, .side = 0.018F, .back = 0.02F, .edge = 0.006F,
     .top_from = 30, .top_to = 52, .part = Part::side, .across = 1.0F, .down = 0.1F, .forward = -0.18F, .lift =
     0.2F, .gravity = 0.3F, .layer = 0.009F, .hug = 0.8F, .locks = 800, .clump = 0.5F, .lock_noise = 0.1F},
    {.id = "side_swept", .count = 32000, .points = 10, .top = 0.085F, .fringe = 0.105F, .side = 0.030F, .back =
     0.034F, .edge = 0.012F, .trim = 0.6F, .part = Part::side, .across = 0.9F, .sweep = 0.2F, .forward = 0.35F,
     .lift = 0.3F, .gravity = 0.35F, .layer = 0.012F, .hug = 0.7F, .locks = 600, .clump = 0.62F, .lock_noise =
     0.17F},
    {.id = "comb_over", .hairline = Kind::thinning, .count = 17000, .points = 10, .top = 0.105F, .side = 0.022F,
     .back = 0.024F, .edge = 0.01F, .part = Part::side, .across = 1.0F, .sweep = 0.1F, .forward = 0.02F, .lift =
     0.1F, .gravity = 0.2F, .layer = 0.004F, .hug = 1.0F, .locks = 260, .clump = 0.85F, .lock_noise = 0.1F, .radius
     = 5.5e-5F},
    {.id = "slicked_back", .count = 32000, .points = 10, .top = 0.115F, .side = 0.060F, .back = 0.06F, .edge =
     0.03F, .forward = -1.0F, .low_back = 1.6F, .low = 0.75F, .lift = 0.13F, .gravity = 0.12F, .layer = 0.006F, .hug
     = 0.8F, .locks = 420, .clump = 0.72F, .big_clump = 0.3F, .lock_noise = 0.06F, .hair_noise = 0.03F, .frizz =
     0.0005F},
    {.id = "undercut", .count = 36000, .points = 9, .top = 0.105F, .side = 0.004F, .back = 0.004F, .edge = 0.002F,
     .top_from = 40, .top_to = 46, .sweep = 0.55F, .forward = -0.8F, .lift = 0.28F, .gravity = 0.14F, .stiff =
     0.78F, .front_lift = 0.4F, .layer = 0.010F, .hug = 0.8F, .locks = 500, .clump = 0.65F, .lock_noise = 0.13F},
    {.id = "mohawk", .count = 46000, .points = 7, .top = 0.075F, .side = 0.0016F, .back = 0.0016F, .top_from = -60,
     .top_to = -50, .vary = 0.08F, .lift = 0.85F, .gravity = 0, .stiff = 0.93F, .follow = 0.6F, .release = 0, .puff
     = 0.7F, .layer = 0.001F, .hug = 0, .strip = 0.023F, .locks = 700, .clump = 0.8F, .lock_noise = 0.14F,
     .hair_noise = 0.08F},
    {.id = "curtains", .count = 30000, .points = 11, .top = 0.135F, .side = 0.055F, .back = 0.06F, .edge = 0.03F,
     .trim = 1, .part = Part::centre, .across = 1.0F, .forward = 0.3F, .lift = 0.34F, .gravity = 0.7F, .stiff =
     0.74F, .follow = 0.75F, .release = 0.5F, .layer = 0.010F, .hug = 0.9F, .locks = 480, .clump = 0.68F,
     .lock_noise = 0.13F},
    {.id = "mop", .count = 30000, .points = 9, .top = 0.105F, .fringe = 0.115F, .side = 0.085F, .back = 0.085F,
     .vary = 0.16F, .fringe_cut = 0.022F, .fringe_sweep = 0.25F, .forward = 0.4F, .lift = 0.38F, .gravity = 0.35F,
     .puff = 0.14F, .layer = 0.016F, .hug = 0.8F, .radial = 0.8F, .locks = 420, .clump = 0.75F, .lock_noise = 0.35F,
     .curl = 0.003F, .curl_turns = 16, .frizz = 0.002F},
    {.id = "shag_short", .count = 30000, .points = 11, .top = 0.095F, .fringe = 0.12F, .side = 0.115F, .back =
     0.14F, .vary = 0.24F, .cut = -0.085F, .cut_soft = 0.02F, .fringe_cut = 0.018F, .fringe_deep = 22, .part =
     Part::centre, .across = 0.8F, .forward = 0.25F, .lift = 0.36F, .gravity = 0.45F, .puff = 0.1F, .layer = 0.014F,
     .hug = 0.5F, .locks = 420, .clump = 0.74F, .lock_noise = 0.3F, .curl = 0.003F, .curl_turns = 14, .frizz =
     0.002F},
    {.id = "pixie", .count = 34000, .points = 8, .top = 0.060F, .fringe = 0.072F, .side = 0.032F, .back = 0.03F,
     .edge = 0.016F, .vary = 0.16F, .fringe_cut = 0.030F, .fringe_deep = 22, .fringe_sweep = 1.0F, .sweep = 0.6F,
     .forward = 0.5F, .low_back = -0.1F, .lift = 0.24F, .gravity = 0.2F, .layer = 0.009F, .hug = 0.7F, .radial =
     0.6F, .locks = 700, .clump = 0.66F, .lock_noise = 0.2F},
    {.id = "pixie_long", .count = 32000, .points = 10, .top = 0.105F, .fringe = 0.125F, .side = 0.055F, .back =
     0.04F, .edge = 0.02F, .vary = 0.14F, .trim = 1, .part = Part::side, .across = 1.0F, .sweep = 0.1F, .forward =
     0.45F, .lift = 0.26F, .gravity = 0.45F, .layer = 0.010F, .hug = 0.6F, .locks = 560, .clump = 0.66F, .lock_noise
     = 0.15F},
    {.id = "bowl", .count = 34000, .points = 11, .top = 0.150F, .fringe = 0.125F, .side = 0.10F, .back = 0.10F,
     .vary = 0.05F, .cut = 0.003F, .cut_soft = 0.004F, .fringe_cut = 0.024F, .fringe_deep = 34, .fringe_wide = 52,
     .forward = 0.1F, .low_back = 0, .lift = 0.2F, .gravity = 0.5F, .layer = 0.012F, .hug = 0.3F, .radial = 1.0F,
     .locks = 900, .clump = 0.45F, .lock_noise = 0.06F, .hair_noise = 0.04F, .frizz = 0.0008F},
    {.id = "widow_receding", .hairline = Kind::receding, .count = 36000, .points = 8, .top = 0.030F, .side = 0.014F,
     .back = 0.016F, .edge = 0.005F, .forward = -0.55F, .lift = 0.32F, .gravity = 0.1F, .stiff = 0.8F, .layer =
     0.004F, .hug = 0.4F, .locks = 1100, .clump = 0.5F, .lock_noise = 0.2F},
    {.id = "thinning", .hairline = Kind::thinning, .count = 34000, .points = 8, .top = 0.022F, .side = 0.018F, .back
     = 0.020F, .edge = 0.007F, .sweep = 0.5F, .forward = -0.25F, .lift = 0.26F, .gravity = 0.1F, .layer = 0.003F,
     .hug = 0.5F, .locks = 900, .clump = 0.5F, .lock_noise = 0.2F, .radius = 5.0e-5F},
    {.id = "horseshoe", .hairline = Kind::horseshoe, .count = 38000, .points = 8, .top = 0.020F, .side = 0.018F,
     .back = 0.020F, .edge = 0.006F, .forward = -0.2F, .low_back = 0.6F, .lift = 0.28F, .gravity = 0.1F, .layer =
     0.004F, .hug = 0.5F, .locks = 1100, .clump = 0.5F, .lock_noise = 0.2F},
};
}  // namespace

std::span<const Style> short_styles() { return table; }

}  // namespace limner::sitters
