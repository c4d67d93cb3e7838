// Tied, braided, locked and coily styles.
#include "style.h"

namespace limner::sitters {

namespace {
using Family = Style::Family;
using End = Style::End;
using Weave = Style::Weave;

// clang-format off
const Style table[] = {
    {.id = "half_up", .family = Family::gathered, .count = 27000, .points = 16, .top = 0.40F, .side = 0.37F,
     .back = 0.37F, .down = 0.5F, .low_back = 0.12F, .lift = 0.2F, .gravity = 0.9F, .stiff = 0.6F,
     .release = 0.9F, .layer = 0.009F, .locks = 420, .clump = 0.66F, .lock_noise = 0.09F, .curl = 0.005F,
     .curl_turns = 7, .end = End::tail, .tie_azimuth = 180, .tie_elevation = 34, .tie_radius = 0.011F,
     .tail_length = 0.26F, .tail_width = 0.026F, .throw_out = 0.014F, .gather_from = 30},
    {.id = "ponytail_high", .family = Family::gathered, .count = 24000, .points = 11, .layer = 0.003F,
     .locks = 420, .clump = 0.6F, .curl = 0.003F, .curl_turns = 6, .end = End::tail, .tie_azimuth = 180,
     .tie_elevation = 56, .tie_radius = 0.013F, .tail_length = 0.34F, .tail_width = 0.030F,
     .throw_out = 0.062F, .drape = 0.4F},
    {.id = "ponytail_low", .family = Family::gathered, .count = 24000, .points = 11, .layer = 0.005F, .locks = 420, .clump = 0.6F, .curl = 0.003F, .curl_turns = 6, .end = End::tail,
     .tie_azimuth = 180, .tie_elevation = -22, .tie_radius = 0.012F, .tail_length = 0.34F,
     .tail_width = 0.024F, .throw_out = 0.012F, .drape = 1},
    {.id = "bun_high", .family = Family::gathered, .count = 24000, .points = 11, .layer = 0.003F,
     .locks = 420, .clump = 0.6F, .end = End::bun, .tie_azimuth = 180, .tie_elevation = 66,
     .tie_radius = 0.013F, .bun = 0.036F},
    {.id = "bun_low", .family = Family::gathered, .count = 24000, .points = 11, .layer = 0.005F, .locks = 420, .clump = 0.6F, .end = End::bun, .tie_azimuth = -158,
     .tie_elevation = -14, .tie_radius = 0.013F, .bun = 0.036F},
    {.id = "braid_side", .family = Family::gathered, .count = 24000, .points = 12, .layer = 0.007F, .locks = 420, .clump = 0.6F, .end = End::braid, .tie_azimuth = -128,
     .tie_elevation = -38, .tie_radius = 0.012F, .tail_length = 0.32F, .tail_width = 0.018F,
     .throw_out = 0.012F, .drape = 1, .bun = 0.017F},
    {.id = "braids_two", .family = Family::gathered, .count = 24000, .points = 12, .layer = 0.005F, .locks = 420, .clump = 0.6F, .end = End::braid, .tie_azimuth = 126,
     .tie_elevation = -34, .pairs = true, .tie_radius = 0.010F, .tail_length = 0.32F, .tail_width = 0.014F,
     .throw_out = 0.010F, .drape = 1, .bun = 0.013F},
    {.id = "crown_braid", .family = Family::gathered, .count = 24000, .points = 10, .layer = 0.004F, .locks = 420, .clump = 0.6F, .end = End::ring, .bun = 0.0115F},
    {.id = "afro_puff", .family = Family::gathered, .count = 24000, .points = 10, .layer = 0.002F,
     .locks = 420, .clump = 0.6F, .radius = 6.5e-5F, .kink = 0.0045F, .end = End::puff, .tie_azimuth = 180,
     .tie_elevation = 44, .tie_radius = 0.016F, .bun = 0.102F},
    {.id = "coils_short", .family = Family::coil, .count = 26000, .points = 9, .top = 0.024F, .side = 0.017F,
     .back = 0.017F, .edge = 0.010F, .vary = 0.12F, .locks = 1500, .clump = 0.55F, .clump_power = 0.5F,
     .hair_noise = 0.25F, .radius = 8.0e-5F, .kink = 0.0030F},
    {.id = "coils_twa", .family = Family::coil, .count = 32000, .points = 8, .top = 0.030F, .side = 0.006F,
     .back = 0.007F, .edge = 0.0022F, .fade_from = -8, .fade_to = 40, .top_from = 25, .top_to = 52,
     .vary = 0.1F, .locks = 1500, .clump = 0.45F, .clump_power = 0.5F, .hair_noise = 0.22F,
     .radius = 7.5e-5F, .kink = 0.0026F},
    {.id = "afro_short", .family = Family::coil, .count = 28000, .points = 11, .top = 0.042F, .side = 0.036F,
     .back = 0.036F, .vary = 0.05F, .locks = 2200, .clump = 0.35F, .clump_power = 0.6F, .hair_noise = 0.16F,
     .radius = 8.5e-5F, .kink = 0.0042F},
    {.id = "afro", .family = Family::coil, .count = 28000, .points = 13, .top = 0.072F, .side = 0.068F,
     .back = 0.066F, .vary = 0.05F, .locks = 2200, .clump = 0.35F, .clump_power = 0.6F, .hair_noise = 0.16F,
     .radius = 9.0e-5F, .kink = 0.0055F},
    {.id = "afro_big", .family = Family::coil, .count = 27000, .points = 15, .top = 0.115F, .side = 0.115F,
     .back = 0.110F, .vary = 0.05F, .locks = 2200, .clump = 0.35F, .clump_power = 0.6F, .hair_noise = 0.16F,
     .radius = 9.5e-5F, .kink = 0.0065F},
    {.id = "twists", .family = Family::ropes, .count = 50000, .points = 16, .top = 0.125F, .side = 0.115F,
     .back = 0.115F, .vary = 0.1F, .across = 0.7F, .forward = 0.2F, .lift = 0.42F,
     .gravity = 0.8F, .stiff = 0.82F, .follow = 0.5F, .puff = 0.1F, .layer = 0.012F, .hug = 0,
     .lock_noise = 0.25F, .frizz = 0.003F, .radius = 1.0e-4F, .weave = Weave::twist, .ropes = 190,
     .rope = 0.0044F},
    {.id = "locs_short", .family = Family::ropes, .count = 52000, .points = 14, .top = 0.105F,
     .side = 0.095F, .back = 0.095F, .vary = 0.12F, .across = 0.35F, .lift = 0.5F, .gravity = 0.7F,
     .stiff = 0.86F, .follow = 0.45F, .puff = 0.06F, .layer = 0.010F, .hug = 0, .radial = 0.6F,
     .lock_noise = 0.35F, .frizz = 0.004F, .radius = 1.0e-4F, .weave = Weave::loc, .ropes = 170,
     .rope = 0.0044F},
    {.id = "locs_long", .family = Family::ropes, .count = 42000, .points = 20, .top = 0.38F, .side = 0.36F,
     .back = 0.36F, .vary = 0.08F, .across = 0.5F, .sweep = 0.25F, .down = 0.2F,
     .lift = 0.4F, .gravity = 0.85F, .stiff = 0.72F, .release = 0.9F, .layer = 0.017F, .hug = 0,
     .radial = 0.9F, .lock_noise = 0.2F, .frizz = 0.006F, .radius = 1.0e-4F, .weave = Weave::loc,
     .ropes = 190, .rope = 0.0038F},
    {.id = "box_braids", .family = Family::ropes, .count = 42000, .points = 20, .top = 0.40F, .side = 0.38F,
     .back = 0.38F, .vary = 0.05F, .across = 0.75F, .sweep = 0.25F, .down = 0.2F,
     .lift = 0.36F, .gravity = 0.9F, .stiff = 0.68F, .release = 0.9F, .layer = 0.015F, .hug = 0,
     .radial = 0.4F, .lock_noise = 0.12F, .frizz = 0.003F, .radius = 1.0e-4F, .weave = Weave::plait,
     .ropes = 190, .rope = 0.0034F},
    {.id = "cornrows", .family = Family::rows, .count = 30000, .points = 8, .top = 0.10F, .radius = 7.0e-5F,
     .ropes = 11, .rope = 0.0046F},
};
// clang-format on
}  // namespace

std::span<const Style> tied_styles() { return table; }

}  // namespace limner::sitters
